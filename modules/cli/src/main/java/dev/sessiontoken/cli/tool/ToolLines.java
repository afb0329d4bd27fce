package dev.sessiontoken.cli.tool;

import dev.sessiontoken.spi.SessionTokenException.NotConfigured;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Lines that a tool writes one by one, while it waits for an answer to each. For one thread. */
final class ToolLines {
  private static final int MAX_BYTES = 64 * 1024;

  private final InputStream in;

  /**
   * Lines that have not been read yet.
   *
   * @param in is read byte by byte, no further than the end of a line
   */
  ToolLines(InputStream in) {
    this.in = in;
  }

  /**
   * Returns the next line without its end; empty at the end of the input. Blocks.
   *
   * @throws NotConfigured if the line is longer than 64 KiB, or cannot be read
   */
  Optional<String> next() throws NotConfigured {
    var line = new ByteArrayOutputStream();
    try {
      int b = in.read();
      if (b < 0) return Optional.empty();
      for (; b >= 0 && b != '\n'; b = in.read()) {
        if (line.size() >= MAX_BYTES) throw wrong("a line is longer than 64 KiB");
        line.write(b);
      }
      return Optional.of(line.toString(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw wrong("it cannot be read");
    }
  }

  private static NotConfigured wrong(String problem) {
    return new NotConfigured(
        "read standard input", problem, "this command is for tools to call", null);
  }
}
