package dev.sessiontoken.process;

import dev.sessiontoken.spi.Printable;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * The standard error of a program, line by line, each fit for a terminal: without control
 * characters, 300 characters at most. Gives the first 100 lines that are not blank, and the last
 * one.
 */
public final class StderrLines {
  private static final int MAX_LINE = 300;
  private static final int MAX_BYTES = 4 * MAX_LINE; // UTF-8 has four bytes a character at most
  private static final int MAX_LINES = 100;

  private final Consumer<String> lines;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private int count;
  private String last = "";

  private StderrLines(Consumer<String> lines) {
    this.lines = lines;
  }

  /**
   * Reads a stream to its end, or until it is broken off, and closes it. Blocks. Takes as little
   * memory for an endless line as for a short one.
   *
   * @param lines called with each line, on the calling thread
   */
  public static void read(InputStream stream, Consumer<String> lines) {
    new StderrLines(lines).readAll(stream);
  }

  private void readAll(InputStream stream) {
    try (var in = new BufferedInputStream(stream)) {
      for (int b = in.read(); b >= 0; b = in.read()) add(b);
    } catch (IOException e) {
      endLine(); // the program has ended
    }
    endLine();
    if (count > MAX_LINES) lines.accept(last);
  }

  private void add(int b) {
    if (b == '\n' || b == '\r') endLine();
    else if (line.size() < MAX_BYTES) line.write(b);
  }

  private void endLine() {
    String text = Printable.of(line.toString(StandardCharsets.UTF_8), MAX_LINE);
    line.reset();
    if (text.isEmpty()) return;
    last = text;
    if (++count <= MAX_LINES) lines.accept(text);
  }
}
