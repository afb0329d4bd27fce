package dev.sessiontoken.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.jar.JarFile;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Compares what each built jar exports and requires with the text committed for it. A change of the
 * text is a change of the architecture: check the module diagram before committing it.
 */
class DescriptorsIT {
  /** Modules of programs, not of the library. */
  private static final List<String> PROGRAMS = List.of("modules/cli/", "modules/resident/");

  // major versions of class files, from the Java Virtual Machine Specification
  private static final int JAVA_21 = 65;
  private static final int JAVA_25 = 69;

  static Stream<Path> jars() throws IOException {
    return Stream.of("modules", "providers").flatMap(DescriptorsIT::jars);
  }

  private static Stream<Path> jars(String folder) {
    try (var parts = Files.list(Path.of("../..", folder))) {
      return parts.map(DescriptorsIT::jar).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path jar(Path part) {
    var named = "sessiontoken-*[0-9T].jar"; // without the jars that end in -sources or -javadoc
    try (var files = Files.newDirectoryStream(part.resolve("target"), named)) {
      return files.iterator().next();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("jars")
  void isAsCommitted(Path jar) throws Exception {
    var lines = describe(jar);
    String module = lines.getFirst().substring(0, lines.getFirst().indexOf('@'));
    var text = module + "\n" + String.join("\n", lines.subList(1, lines.size())) + "\n";
    assertThat(text).isEqualTo(committed(module));
  }

  /** Java programs of that version use the libraries; the command line has its own Java. */
  @ParameterizedTest
  @MethodSource("jars")
  void hasTheClassFileLevelOfItsUsers(Path jar) throws Exception {
    boolean isProgram = PROGRAMS.stream().anyMatch(jar.toString()::contains);
    try (var file = new JarFile(jar.toFile())) {
      for (var entry : Collections.list(file.entries())) {
        if (!entry.getName().endsWith(".class")) continue;
        try (var in = new DataInputStream(file.getInputStream(entry))) {
          in.skipNBytes(6); // magic number and minor version
          assertThat(in.readUnsignedShort())
              .as("%s in %s", entry.getName(), jar)
              .isEqualTo(isProgram ? JAVA_25 : JAVA_21);
        }
      }
    }
  }

  private static List<String> describe(Path jar) {
    var out = new StringWriter();
    var writer = new PrintWriter(out, true);
    ToolProvider.findFirst("jar")
        .orElseThrow()
        .run(writer, writer, "--describe-module", "--file", jar.toString());
    return out.toString().strip().lines().toList();
  }

  private static String committed(String module) throws Exception {
    try (var text = DescriptorsIT.class.getResourceAsStream("/modules/" + module + ".txt")) {
      return text == null ? "" : new String(text.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
