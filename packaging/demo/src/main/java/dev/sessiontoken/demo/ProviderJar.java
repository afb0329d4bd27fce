package dev.sessiontoken.demo;

import dev.sessiontoken.demo.dropin.FixedToken;
import dev.sessiontoken.spi.SessionTokenProvider;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Packs {@link FixedToken} as its author would. */
final class ProviderJar {
  private ProviderJar() {}

  /** Writes the jar. */
  static void write(Path file) throws IOException {
    String resource = FixedToken.class.getName().replace('.', '/') + ".class";
    try (var jar = new ZipOutputStream(Files.newOutputStream(file));
        var bytes = FixedToken.class.getModule().getResourceAsStream(resource)) {
      if (bytes == null) throw new FileNotFoundException(resource);
      jar.putNextEntry(new ZipEntry(resource));
      bytes.transferTo(jar);
      jar.putNextEntry(new ZipEntry("META-INF/services/" + SessionTokenProvider.class.getName()));
      jar.write(FixedToken.class.getName().getBytes(StandardCharsets.UTF_8));
    }
  }
}
