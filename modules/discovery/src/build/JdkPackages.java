import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes the table of the packages that the JDK of the build exports: the file that is the
 * argument, with a line "package module" for each. Run by the build.
 */
final class JdkPackages {
  private JdkPackages() {}

  public static void main(String[] args) throws IOException {
    var file = Path.of(args[0]);
    Files.createDirectories(file.getParent());
    Files.writeString(
        file,
        ModuleFinder.ofSystem().findAll().stream()
            .map(ModuleReference::descriptor)
            .filter(each -> each.name().startsWith("java.") || each.name().startsWith("jdk."))
            .flatMap(JdkPackages::lines)
            .sorted()
            .collect(Collectors.joining()));
  }

  private static Stream<String> lines(ModuleDescriptor module) {
    return module.exports().stream()
        .filter(each -> !each.isQualified())
        .map(each -> each.source() + " " + module.name() + "\n");
  }
}
