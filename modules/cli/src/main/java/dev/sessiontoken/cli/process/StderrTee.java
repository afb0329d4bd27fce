package dev.sessiontoken.cli.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Copies a program's standard error as it comes, and remembers the end of it. */
public final class StderrTee implements Consumer<Process> {
  private static final int KEPT = 8 * 1024;

  /** A program may leave behind another one that keeps the pipe open. */
  private static final long STRAGGLERS_MILLIS = 500;

  private final PrintStream to;
  private final StringBuilder last = new StringBuilder();
  private volatile @Nullable Thread thread;

  /** Creates a copier that has nothing to copy yet. */
  public StderrTee(PrintStream to) {
    this.to = to;
  }

  /** Begins to copy the standard error of a program. */
  @Override
  public void accept(Process process) {
    begin(process.getErrorStream());
  }

  void begin(InputStream from) {
    var copier = new Thread(() -> copy(from), "standard error of a child");
    copier.setDaemon(true);
    copier.start();
    thread = copier;
  }

  private void copy(InputStream from) {
    var buffer = new byte[KEPT];
    try {
      for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
        to.write(buffer, 0, n);
        to.flush();
        remember(new String(buffer, 0, n, StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      remember("\n"); // the program is gone with the rest of its output
    }
  }

  private synchronized void remember(String text) {
    last.append(text);
    if (last.length() > KEPT) last.delete(0, last.length() - KEPT);
  }

  /** Returns the last 8 KiB. To be called once the program has ended; waits for half a second. */
  public String text() throws InterruptedException {
    var copier = thread;
    if (copier != null) copier.join(STRAGGLERS_MILLIS);
    synchronized (this) {
      return last.toString();
    }
  }
}
