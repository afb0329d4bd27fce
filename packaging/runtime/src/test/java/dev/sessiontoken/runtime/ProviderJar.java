package dev.sessiontoken.runtime;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/** Packs providers into jars, as their authors would. */
final class ProviderJar {
  private static final String SERVICE =
      "META-INF/services/dev.sessiontoken.spi.SessionTokenProvider";

  private static final String SOURCE =
      """
      package strange;

      import dev.sessiontoken.spi.*;
      import java.util.*;

      public class Strange implements SessionTokenProvider {
        MEMBERS
        @Override public String name() { NAME }
        @Override public SessionToken obtain(ProviderContext context) throws SessionTokenException, InterruptedException { OBTAIN }
      }
      """;

  private final Path folder;
  private String members = "";
  private String name = "return \"strange\";";
  private String obtain = "return SessionToken.of(context.option(\"t\").orElse(\"none\"));";
  private List<String> options = List.of();

  /** A jar that is built in a folder of its own. */
  ProviderJar(Path folder) {
    this.folder = folder;
  }

  ProviderJar members(String code) {
    members = code;
    return this;
  }

  ProviderJar name(String code) {
    name = code;
    return this;
  }

  ProviderJar obtain(String code) {
    obtain = code;
    return this;
  }

  /** For the compiler. */
  ProviderJar options(String... more) {
    options = List.of(more);
    return this;
  }

  private String source() {
    return SOURCE.replace("MEMBERS", members).replace("NAME", name).replace("OBTAIN", obtain);
  }

  /** An automatic module that names its provider under META-INF/services. */
  Path automatic(Path jar) throws IOException {
    var classes = compile("");
    return pack(jar, classes, "strange.Strange");
  }

  /** A module with a descriptor. */
  Path module(Path jar, String descriptor) throws IOException {
    return pack(jar, compile(descriptor), "");
  }

  private Path compile(String descriptor) throws IOException {
    var sources = new HashMap<>(Map.of("strange/Strange.java", source()));
    if (!descriptor.isEmpty()) sources.put("module-info.java", descriptor);
    return Javac.compile(folder, sources, options);
  }

  private static Path pack(Path jar, Path classes, String service) throws IOException {
    try (var out = new JarOutputStream(Files.newOutputStream(jar));
        var files = Files.walk(classes)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        out.putNextEntry(new JarEntry(classes.relativize(file).toString()));
        Files.copy(file, out);
      }
      if (!service.isEmpty()) {
        out.putNextEntry(new JarEntry(SERVICE));
        out.write(service.getBytes(StandardCharsets.UTF_8));
      }
    }
    Files.setPosixFilePermissions(jar, PosixFilePermissions.fromString("rw-r--r--"));
    return jar;
  }
}
