package dev.sessiontoken.cli.tool;

import dev.sessiontoken.discovery.OwnFiles;
import dev.sessiontoken.spi.Printable;
import dev.sessiontoken.spi.SessionTokenException.NotConfigured;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reads a hosts file. */
final class HostsFile {
  private static final String STEP = "read the hosts file";
  private static final int MAX_BYTES = 1 << 20;

  private HostsFile() {}

  /**
   * Returns the file's text, without lines if there is no such file. Does not block: pipes and
   * devices are refused.
   *
   * @throws NotConfigured if the file cannot be read, or another user could change it: that user
   *     would choose the hosts that get the tokens
   */
  static HostsText read(Path file) throws NotConfigured {
    if (!Files.exists(file)) return HostsText.of(file.toString(), "");
    if (!Files.isRegularFile(file)) throw wrong(file, "it is no regular file", null);
    var problem = OwnFiles.problem(file);
    if (problem.isPresent()) throw wrong(file, problem.get(), null);
    try (var in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) throw wrong(file, "it is longer than 1 MiB", null);
      return HostsText.of(file.toString(), new String(bytes, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw wrong(file, "it cannot be read", e);
    }
  }

  private static NotConfigured wrong(Path file, String problem, @Nullable Throwable cause) {
    String name = Printable.of(file.toString(), 300);
    return new NotConfigured(
        STEP, name + ": " + problem, "\"coder hosts\" shows the hosts map", cause);
  }
}
