package dev.sessiontoken.cli.command;

import dev.sessiontoken.spi.Secrets;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Hides the secrets of a run in all that {@code Program} and its commands write to standard error,
 * as the last thing before it is written: whichever way a secret came into a message. {@code
 * Program} adds the secrets of the command line; {@link Steps#secret} adds those that libraries
 * learn of during the run. Safe for any number of threads.
 */
public final class SecretFilter {
  private static final int LONG_WORD = 12;

  private final List<String> values = new ArrayList<>();

  /**
   * Hides a value from now on. Cheap: forms of the value are computed when something is written.
   */
  public synchronized void add(String value) {
    if (!values.contains(value)) values.add(value);
  }

  private byte[] hide(byte[] text) {
    var characters = new String(text, StandardCharsets.ISO_8859_1);
    return secrets().hide(characters).getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Hides the words of a value as well, such as the token behind {@code Bearer}. */
  private synchronized Secrets secrets() {
    var all = new ArrayList<String>();
    for (String value : values) {
      all.add(asBytes(value));
      for (String word : value.split(" ", -1))
        if (word.length() >= LONG_WORD) all.add(asBytes(word));
    }
    return Secrets.of(all);
  }

  /** One character a byte: what other programs write need not be UTF-8, and stays as it is. */
  private static String asBytes(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  /**
   * Returns a stream that writes to another one, without the secrets. Writes whole lines; the
   * beginning of a line only when flushed.
   */
  public PrintStream filter(PrintStream err) {
    return new PrintStream(new Lines(err), false, StandardCharsets.UTF_8);
  }

  private final class Lines extends OutputStream {
    private final PrintStream err;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    Lines(PrintStream err) {
      this.err = err;
    }

    @Override
    public synchronized void write(int b) {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
      int end = offset + length;
      int rest = end;
      while (rest > offset && bytes[rest - 1] != '\n') rest--;
      line.write(bytes, offset, rest - offset);
      if (rest > offset) flush();
      line.write(bytes, rest, end - rest);
    }

    @Override
    public synchronized void flush() {
      if (line.size() == 0) return;
      byte[] shown = hide(line.toByteArray());
      line.reset();
      err.write(shown, 0, shown.length);
      err.flush();
    }
  }
}
