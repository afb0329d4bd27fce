package dev.sessiontoken.cli.tool;

import dev.sessiontoken.spi.SessionTokenException.NotConfigured;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What a tool writes to this program's standard input. */
final class ToolInput {
  private static final int MAX_BYTES = 64 * 1024;

  private ToolInput() {}

  /**
   * Reads to the end of the input. Blocks until then.
   *
   * @throws NotConfigured if the input cannot be read or is longer than 64 KiB
   */
  static String read(InputStream in) throws NotConfigured {
    try {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) throw wrong("it is longer than 64 KiB", null);
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw wrong("it cannot be read", e);
    }
  }

  private static NotConfigured wrong(String problem, @Nullable Throwable cause) {
    return new NotConfigured(
        "read standard input", problem, "this command is for tools to call", cause);
  }
}
