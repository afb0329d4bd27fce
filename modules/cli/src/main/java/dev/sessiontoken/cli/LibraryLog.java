package dev.sessiontoken.cli;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * {@code System.err} while commands run. Libraries of providers log there, by java.util.logging or
 * on their own: what they write reaches the user under {@code -v} only.
 */
final class LibraryLog extends OutputStream {
  private final PrintStream err;
  private volatile boolean isShown;

  /** A log that is not shown yet. */
  LibraryLog(PrintStream err) {
    this.err = err;
  }

  /** Decides whether what is written from now on is shown. */
  void show(boolean isVerbose) {
    isShown = isVerbose;
  }

  PrintStream stream() {
    return new PrintStream(this, true, StandardCharsets.UTF_8);
  }

  @Override
  public void write(int b) {
    if (isShown) err.write(b);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    if (isShown) err.write(bytes, offset, length);
  }

  @Override
  public void flush() {
    if (isShown) err.flush();
  }
}
