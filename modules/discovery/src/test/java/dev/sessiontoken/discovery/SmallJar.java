package dev.sessiontoken.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sessiontoken.spi.SessionTokenProvider;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.spi.ToolProvider;

/**
 * A jar with one provider, compiled for the test.
 *
 * @param name what the provider's {@code name()} returns
 * @param initializer code of the static initialiser
 * @param index text of the jar's index, empty for none
 */
record SmallJar(String name, String initializer, String index) {
  private static final String SOURCE =
      """
      package small;
      import dev.sessiontoken.spi.*;
      public class Small implements SessionTokenProvider {
        static { INITIALIZER }
        public String name() { return "NAME"; }
        public SessionToken obtain(ProviderContext context) { return SessionToken.of("NAME"); }
      }
      """;

  static SmallJar named(String name) {
    return new SmallJar(name, "", "");
  }

  /** A jar whose class appends "I" to a system property when it is initialised. */
  SmallJar counting(String property) {
    return doing("System.setProperty(\"P\", System.getProperty(\"P\", \"\") + \"I\");", property);
  }

  private SmallJar doing(String code, String property) {
    return new SmallJar(name, code.replace("P\"", property + "\""), index);
  }

  SmallJar doing(String code) {
    return new SmallJar(name, code, index);
  }

  SmallJar indexed(String text) {
    return new SmallJar(name, initializer, text);
  }

  /** Writes the jar into a folder, as {@code NAME.jar}. */
  Path in(Path folder) throws IOException {
    return at(folder.resolve(name + ".jar"));
  }

  Path at(Path jar) throws IOException {
    byte[] code = compile();
    try (var out = new JarOutputStream(Files.newOutputStream(jar))) {
      entry(out, "small/Small.class", code);
      entry(out, "META-INF/services/" + SessionTokenProvider.class.getName(), bytes("small.Small"));
      if (!index.isEmpty()) entry(out, ProviderIndex.RESOURCE, bytes(index));
    }
    return jar;
  }

  private byte[] compile() throws IOException {
    var folder = Files.createTempDirectory("small-jar");
    try {
      return compile(folder);
    } finally {
      for (String each : List.of("small/Small.class", "small", "Small.java", "")) {
        Files.deleteIfExists(folder.resolve(each));
      }
    }
  }

  private byte[] compile(Path folder) throws IOException {
    var source = folder.resolve("Small.java");
    Files.writeString(source, SOURCE.replace("INITIALIZER", initializer).replace("NAME", name));
    var spi = SessionTokenProviders.location(SessionTokenProvider.class).orElseThrow();
    var command = new ArrayList<>(List.of("-proc:none", "-cp", spi.toString()));
    command.addAll(List.of("-d", folder.toString(), source.toString()));
    var javac = ToolProvider.findFirst("javac").orElseThrow();
    assertThat(javac.run(System.out, System.err, command.toArray(String[]::new))).isZero();
    return Files.readAllBytes(folder.resolve("small/Small.class"));
  }

  private static void entry(JarOutputStream out, String name, byte[] content) throws IOException {
    out.putNextEntry(new JarEntry(name));
    out.write(content);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
