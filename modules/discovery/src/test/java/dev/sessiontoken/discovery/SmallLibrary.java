package dev.sessiontoken.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sessiontoken.spi.SessionTokenProvider;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.spi.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * Compiles sources against the spi and other jars, and packs them with further entries.
 *
 * @param folder for sources and classes of this jar
 * @param against jars to compile against
 */
record SmallLibrary(Path folder, List<Path> against, Map<String, byte[]> entries) {

  static SmallLibrary in(Path work, Path... against) throws IOException {
    var folder = Files.createTempDirectory(work, "library");
    return new SmallLibrary(folder, List.of(against), new LinkedHashMap<>());
  }

  SmallLibrary entry(String name, String text) {
    entries.put(name, text.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  /** Compiles one source; its classes become entries below a prefix. */
  SmallLibrary source(String file, String code, String prefix) throws IOException {
    var source = folder.resolve(file);
    Files.createDirectories(source.resolveSibling(""));
    Files.writeString(source, code);
    var classes = Files.createTempDirectory(folder, "classes");
    var path = new ArrayList<String>();
    for (var each : List.of(SessionTokenProvider.class, Nullable.class)) {
      path.add(SessionTokenProviders.location(each).orElseThrow().toString());
    }
    for (var each : against) path.add(each.toString());
    String all = String.join(":", path);
    var command = new ArrayList<>(List.of("-proc:none", "-d", classes.toString()));
    boolean isModule = file.endsWith("module-info.java");
    command.addAll(List.of(isModule ? "-p" : "-cp", all));
    if (isModule) command.add(folder.resolve("mine/Mine.java").toString()); // what it provides
    command.add(source.toString());
    var javac = ToolProvider.findFirst("javac").orElseThrow();
    assertThat(javac.run(System.out, System.err, command.toArray(String[]::new))).isZero();
    try (var files = Files.walk(classes)) {
      for (var each : files.filter(Files::isRegularFile).toList()) {
        entries.put(prefix + classes.relativize(each), Files.readAllBytes(each));
      }
    }
    return this;
  }

  SmallLibrary source(String file, String code) throws IOException {
    return source(file, code, "");
  }

  /** Writes the jar; an entry for the manifest comes first. */
  Path to(Path jar) throws IOException {
    try (var out = new JarOutputStream(Files.newOutputStream(jar))) {
      byte[] manifest = entries.remove(JarFile.MANIFEST_NAME);
      if (manifest != null) write(out, JarFile.MANIFEST_NAME, manifest);
      for (var each : entries.entrySet()) write(out, each.getKey(), each.getValue());
    }
    return jar;
  }

  private static void write(JarOutputStream out, String name, byte[] content) throws IOException {
    out.putNextEntry(new JarEntry(name));
    out.write(content);
  }
}
