package dev.sessiontoken.cli.command;

import dev.sessiontoken.http.Trace;
import dev.sessiontoken.spi.Deadline;
import dev.sessiontoken.spi.Printable;
import java.io.PrintStream;
import java.time.Duration;

/** Remembers the step under way, and tells each one if it was asked to. */
public final class Steps implements Trace {
  private static final int MAX_LINE = 1000;

  private final boolean tells;
  private final PrintStream err;
  private final Duration limit;
  private final Deadline deadline;
  private final Phases phases;
  private volatile String last = "starting";

  /**
   * Steps of one run.
   *
   * @param tells whether each is written, with the milliseconds since the run began
   */
  public Steps(boolean tells, PrintStream err, Duration limit, Deadline deadline, Phases phases) {
    this.tells = tells;
    this.err = err;
    this.limit = limit;
    this.deadline = deadline;
    this.phases = phases;
  }

  @Override
  public void tell(String event) {
    last = event;
    if (!tells) return;
    long elapsed = limit.minus(deadline.remaining()).toMillis();
    err.print("coder: " + elapsed + " ms: " + Printable.of(event, MAX_LINE) + "\n");
  }

  @Override
  public void ended(String phase) {
    phases.ended(phase);
  }

  /** The step that began last. */
  public String last() {
    return last;
  }
}
