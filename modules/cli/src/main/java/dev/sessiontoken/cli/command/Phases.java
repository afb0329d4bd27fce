package dev.sessiontoken.cli.command;

import java.io.PrintStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;

/**
 * Writes when each phase of a run ended, in microseconds since the epoch, if {@code CODER_PHASES}
 * is set: {@code ./dev bench} computes from it how long the JVM took. Not in any help.
 */
public final class Phases {
  private static final String SWITCH = "CODER_PHASES";

  private final boolean told;
  private final PrintStream err;
  private final InstantSource clock;

  public Phases(Map<String, String> environment, PrintStream err, InstantSource clock) {
    this.told = !environment.getOrDefault(SWITCH, "").isEmpty();
    this.err = err;
    this.clock = clock;
  }

  public void ended(String phase) {
    if (told) err.print("coder: phase " + phase + " ended at " + micros(clock.instant()) + "\n");
  }

  private static long micros(Instant time) {
    return time.getEpochSecond() * 1_000_000 + time.getNano() / 1_000;
  }
}
