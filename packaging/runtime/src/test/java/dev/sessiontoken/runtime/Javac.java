package dev.sessiontoken.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;

/**
 * Compiles providers as their authors would, against the SPI and what else an image has for them.
 */
final class Javac {
  private static final String DESCRIPTOR = "module-info.java";
  private static final List<String> MODULES =
      List.of("spi", "jspecify", "sessiontoken-http", "jakarta.json-api");

  private Javac() {}

  /**
   * The folder of the compiled classes.
   *
   * @param folder where to work
   * @param sources texts by file name; a descriptor among them makes a named module
   * @param options for the compiler
   */
  static Path compile(Path folder, Map<String, String> sources, List<String> options)
      throws IOException {
    var classes = folder.resolve("classes");
    var command = new ArrayList<>(options);
    command.addAll(List.of("-d", classes.toString()));
    command.addAll(List.of(sources.containsKey(DESCRIPTOR) ? "-p" : "-cp", path()));
    for (var source : sources.entrySet()) {
      var file = folder.resolve("sources").resolve(source.getKey());
      Files.createDirectories(file.resolveSibling(""));
      command.add(Files.writeString(file, source.getValue()).toString());
    }
    int status =
        ToolProvider.findFirst("javac")
            .orElseThrow()
            .run(System.out, System.err, command.toArray(String[]::new));
    assertThat(status).isZero();
    return classes;
  }

  private static String path() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(each -> MODULES.stream().anyMatch(each::contains))
        .collect(Collectors.joining(File.pathSeparator));
  }
}
