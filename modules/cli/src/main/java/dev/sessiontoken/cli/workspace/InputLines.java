package dev.sessiontoken.cli.workspace;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Reads lines as soon as they are complete; a program may print without ever ending one. */
final class InputLines {
  /** Bytes after which a line is cut: larger ones would fill the memory. */
  private static final int MAX_LINE = 1 << 16;

  private static final int CHUNK = 8192;

  private final Consumer<String> lines;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();

  private InputLines(Consumer<String> lines) {
    this.lines = lines;
  }

  /**
   * Hands over each line without its end, {@code LF} or {@code CRLF}, and the beginning of one at
   * the end of the input. Bytes that are not UTF-8 become replacement characters. Blocks until the
   * input ends.
   */
  static void read(InputStream in, Consumer<String> lines) throws IOException {
    var reader = new InputLines(lines);
    var chunk = new byte[CHUNK];
    for (int length = in.read(chunk); length >= 0; length = in.read(chunk)) {
      for (int i = 0; i < length; i++) reader.take(chunk[i]);
    }
    if (reader.line.size() > 0) reader.complete();
  }

  private void take(byte next) {
    boolean isInCharacter = (next & 0xC0) == 0x80;
    if (next == '\n') complete();
    else {
      if (line.size() >= MAX_LINE && !isInCharacter) complete();
      line.write(next);
    }
  }

  private void complete() {
    String text = line.toString(StandardCharsets.UTF_8);
    line.reset();
    lines.accept(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text);
  }
}
