package dev.sessiontoken.cli.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Hands on what a program says on standard error, as it comes, and remembers the end of it. */
public final class StderrTee {
  private static final int KEPT = 8 * 1024;

  /** A program may leave another behind that keeps the pipe open. */
  private static final long STRAGGLERS_MILLIS = 500;

  private final StringBuilder last = new StringBuilder();
  private final Thread thread;

  public StderrTee(InputStream from, PrintStream to) {
    thread = new Thread(() -> copy(from, to), "standard error of a child");
    thread.setDaemon(true);
    thread.start();
  }

  private void copy(InputStream from, PrintStream to) {
    var buffer = new byte[KEPT];
    try {
      for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
        to.write(buffer, 0, n);
        to.flush();
        remember(new String(buffer, 0, n, StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      remember("\n"); // the program is gone, and so is what it might have said
    }
  }

  private synchronized void remember(String text) {
    last.append(text);
    if (last.length() > KEPT) last.delete(0, last.length() - KEPT);
  }

  /** The end of what it said, once it has ended. */
  public String text() throws InterruptedException {
    thread.join(STRAGGLERS_MILLIS);
    synchronized (this) {
      return last.toString();
    }
  }
}
