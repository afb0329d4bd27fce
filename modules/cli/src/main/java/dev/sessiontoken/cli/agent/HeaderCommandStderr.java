package dev.sessiontoken.cli.agent;

import dev.sessiontoken.cli.args.OutputFormat;
import dev.sessiontoken.cli.command.Invocation;
import dev.sessiontoken.spi.Printable;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the standard error of the header command. Shows each line as it comes; where errors are
 * JSON, keeps the last line for the error instead.
 */
final class HeaderCommandStderr implements Consumer<Process> {
  private static final int MAX_LINE = 300;
  private static final int MAX_LINES = 100;
  private static final Duration LAST_LINES = Duration.ofMillis(200);

  private final Invocation invocation;
  private final boolean isShown;
  private volatile @Nullable Thread reader;
  private volatile String last = "";

  HeaderCommandStderr(Invocation invocation) {
    this.invocation = invocation;
    this.isShown = OutputFormat.of(invocation.arguments()) == OutputFormat.TEXT;
  }

  /** Begins to read. */
  @Override
  public void accept(Process command) {
    var lines = command.errorReader(StandardCharsets.UTF_8);
    var thread = new Thread(() -> read(lines), "standard error of the header command");
    thread.setDaemon(true);
    thread.start();
    reader = thread;
  }

  private void read(BufferedReader lines) {
    try (lines) {
      int count = 0;
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.isBlank() || ++count > MAX_LINES) continue;
        last = Printable.of(line, MAX_LINE);
        if (isShown) invocation.tell("coder: header command: " + last);
      }
    } catch (IOException e) {
      return; // the command has ended
    }
  }

  /** Returns the last line, to be added to a message; empty where the line was shown already. */
  String last() throws InterruptedException {
    var thread = reader;
    if (thread != null) thread.join(LAST_LINES); // a child of the command may hold the stream
    return isShown || last.isEmpty() ? "" : ": " + last;
  }
}
