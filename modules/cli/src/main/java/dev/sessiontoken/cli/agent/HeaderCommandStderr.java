package dev.sessiontoken.cli.agent;

import dev.sessiontoken.cli.args.OutputFormat;
import dev.sessiontoken.cli.command.Invocation;
import dev.sessiontoken.process.StderrLines;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the standard error of the header command. Shows each line as it comes; where errors are
 * JSON, keeps the last line for the error instead.
 */
final class HeaderCommandStderr implements Consumer<Process> {
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
    var stream = command.getErrorStream();
    var thread =
        new Thread(
            () -> StderrLines.read(stream, this::read), "standard error of the header command");
    thread.setDaemon(true);
    thread.start();
    reader = thread;
  }

  private void read(String line) {
    last = line;
    if (isShown) invocation.tell("coder: header command: " + line);
  }

  /** Returns the last line, to be added to a message; empty where the line was shown already. */
  String last() throws InterruptedException {
    var thread = reader;
    if (thread != null) thread.join(LAST_LINES); // a child of the command may hold the stream
    return isShown || last.isEmpty() ? "" : ": " + last;
  }
}
