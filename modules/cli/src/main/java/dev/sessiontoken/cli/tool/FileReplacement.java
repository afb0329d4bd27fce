package dev.sessiontoken.cli.tool;

import dev.sessiontoken.spi.Printable;
import dev.sessiontoken.spi.SessionTokenException.NotConfigured;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Replaces a file as a whole, so that a reader sees the old text or the new one. */
final class FileReplacement {
  private FileReplacement() {}

  /**
   * Writes the text in place of the file. A link stays, and its target is replaced; the file keeps
   * its mode, and a new file has mode 0600.
   *
   * @throws NotConfigured if that is not possible; the file is as before then
   */
  static void write(Path file, String text) throws NotConfigured {
    try {
      Files.createDirectories(folder(file));
      var target = Files.exists(file) ? file.toRealPath() : file;
      var fresh = Files.createTempFile(folder(target), ".coder", ".tmp"); // with mode 0600
      try {
        Files.write(fresh, text.getBytes(StandardCharsets.UTF_8));
        if (Files.exists(target)) {
          Files.setPosixFilePermissions(fresh, Files.getPosixFilePermissions(target));
        }
        Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(fresh);
      }
    } catch (IOException e) {
      throw new NotConfigured(
          "write " + Printable.of(file.toString(), 300),
          "it cannot be written: " + Printable.of(e),
          "is the folder yours to write to?",
          e);
    }
  }

  private static Path folder(Path file) {
    var folder = file.toAbsolutePath().getParent();
    return folder == null ? Path.of("/") : folder;
  }
}
