package dev.sessiontoken.cli.command;

import java.io.PrintStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;

/**
 * Says when each phase of a run ended, in microseconds since the epoch, so that who started the
 * process can tell how long the JVM took: for {@code ./dev bench}, and shown by no help.
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
