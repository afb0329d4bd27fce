package dev.sessiontoken.cli.agent;

import dev.sessiontoken.cli.args.OutputFormat;
import dev.sessiontoken.cli.command.Invocation;
import dev.sessiontoken.spi.Printable;
import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;

/**
 * What the header command says on its standard error. Shown as it comes, or, where errors are said
 * in JSON, with the error only.
 */
final class HeaderCommandStderr implements Runnable {
  private static final int MAX_LINE = 300;
  private static final int MAX_LINES = 100;
  private static final Duration LAST_WORDS = Duration.ofMillis(200);

  private final BufferedReader lines;
  private final Invocation invocation;
  private final boolean isShown;
  private final Thread reader = new Thread(this, "header command words");
  private volatile String last = "";

  /** Begins to read. */
  HeaderCommandStderr(BufferedReader lines, Invocation invocation) {
    this.lines = lines;
    this.invocation = invocation;
    this.isShown = OutputFormat.of(invocation.arguments()) == OutputFormat.TEXT;
    reader.setDaemon(true);
    reader.start();
  }

  @Override
  public void run() {
    try (lines) {
      int count = 0;
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.isBlank() || ++count > MAX_LINES) continue;
        last = Printable.of(line, MAX_LINE);
        if (isShown) invocation.tell("coder: header command: " + last);
      }
    } catch (IOException e) {
      return; // it has ended
    }
  }

  /** The last line, to be added to a message; empty where it was shown already. */
  String last() throws InterruptedException {
    reader.join(LAST_WORDS); // a child of the command may hold the stream
    return isShown || last.isEmpty() ? "" : ": " + last;
  }
}
