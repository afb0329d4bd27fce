package dev.sessiontoken.discovery;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/** Explains that a class was not found: names the class, and the JDK's module that has it. */
final class MissingClass {
  /** A line for each package that the JDK exports, with its module; the build writes the file. */
  private static final String TABLE = "jdk-packages";

  private static final int MAX_CAUSES = 20;

  /** Binary name as in ClassNotFoundException, or internal name as in NoClassDefFoundError. */
  private static final Pattern NAME = Pattern.compile("[\\p{Alnum}_$]+([./][\\p{Alnum}_$]+)+");

  private MissingClass() {}

  /**
   * Returns a clause about the class that was not found, empty if a failure has another reason.
   * Looks at the failure and its causes; the innermost that names a class counts.
   */
  static Optional<String> in(Throwable failure) {
    String found = "";
    var each = failure;
    for (int i = 0; each != null && i < MAX_CAUSES; i++, each = each.getCause()) {
      String message = String.valueOf(each.getMessage());
      boolean isMissing =
          each instanceof NoClassDefFoundError
              || each instanceof ClassNotFoundException
              || each instanceof TypeNotPresentException;
      if (each instanceof TypeNotPresentException missing) message = missing.typeName();
      if (isMissing && NAME.matcher(message).matches()) found = message.replace('/', '.');
    }
    return found.isEmpty() ? Optional.empty() : Optional.of(clause(found));
  }

  private static String clause(String name) {
    return jdkModule(name.substring(0, name.lastIndexOf('.')))
        .map(module -> name + " is in the JDK's module " + module + ", which " + why(module))
        .orElse(name + " is in none of its jars");
  }

  private static String why(String module) {
    if (ModuleLayer.boot().findModule(module).isPresent()) return "has no such class";
    return java.lang.module.ModuleFinder.ofSystem().find(module).isPresent()
        ? "this program was started without (--add-modules " + module + ")"
        : "the image does not hold";
  }

  private static Optional<String> jdkModule(String packageName) {
    try (var in = MissingClass.class.getResourceAsStream(TABLE)) {
      if (in == null) return Optional.empty();
      var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)).lines();
      String prefix = packageName + " ";
      return lines
          .filter(line -> line.startsWith(prefix))
          .map(line -> line.substring(prefix.length()))
          .findFirst();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
