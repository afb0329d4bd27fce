package dev.sessiontoken.cli.command;

import dev.sessiontoken.http.Trace;
import dev.sessiontoken.spi.Printable;
import java.io.PrintStream;
import java.util.function.LongSupplier;

/**
 * Remembers the latest step of a run, for the message about its time limit; {@code -v} shows all.
 */
public final class Steps implements Trace {
  private static final int MAX_LINE = 1000;
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final boolean isShown;
  private final PrintStream err;
  private final PrintStream details;
  private final LongSupplier nanoTime;
  private final long start;
  private final Phases phases;
  private final SecretFilter secrets;
  private volatile String last = "starting";

  /**
   * Creates the steps of a run that begins now.
   *
   * @param isShown whether each step is written, with the milliseconds since the run began
   * @param err gets notices
   * @param details gets the steps
   * @param nanoTime counts nanoseconds, as {@link System#nanoTime} does
   * @param secrets gets the secrets of the run
   */
  public Steps(
      boolean isShown,
      PrintStream err,
      PrintStream details,
      LongSupplier nanoTime,
      Phases phases,
      SecretFilter secrets) {
    this.isShown = isShown;
    this.err = err;
    this.details = details;
    this.nanoTime = nanoTime;
    this.start = nanoTime.getAsLong();
    this.phases = phases;
    this.secrets = secrets;
  }

  @Override
  public void tell(String event) {
    last = event;
    if (!isShown) return;
    long elapsed = (nanoTime.getAsLong() - start) / NANOS_PER_MILLI;
    details.print("coder: " + elapsed + " ms: " + Printable.of(event, MAX_LINE) + "\n");
  }

  @Override
  public void notice(String event) {
    err.print("coder: warning: " + Printable.of(event, MAX_LINE) + "\n");
  }

  @Override
  public void say(String line) {
    err.print("coder: " + Printable.of(line, MAX_LINE) + "\n");
    err.flush();
  }

  @Override
  public boolean isShown() {
    return isShown;
  }

  @Override
  public void ended(String phase) {
    phases.ended(phase);
  }

  @Override
  public void secret(String value) {
    secrets.add(value);
  }

  /** Returns the step that began last. */
  public String last() {
    return last;
  }
}
