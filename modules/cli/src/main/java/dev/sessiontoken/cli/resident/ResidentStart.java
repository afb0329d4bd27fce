package dev.sessiontoken.cli.resident;

import dev.sessiontoken.cli.args.Arguments;
import dev.sessiontoken.cli.args.Durations;
import dev.sessiontoken.cli.args.Flag;
import dev.sessiontoken.cli.command.Command;
import dev.sessiontoken.cli.command.Invocation;
import dev.sessiontoken.cli.command.Outcome;
import dev.sessiontoken.spi.SessionTokenException;
import java.time.Duration;
import java.util.List;

/** Starts the resident helper. */
public final class ResidentStart implements Command {
  /** Longer than any helper runs. */
  private static final Duration ENDLESS = Duration.ofDays(36_500);

  private static final Flag IDLE =
      Flag.value("--idle", "DURATION", "", "end after this time without a call").withDefault("10m");
  private static final Flag FOREGROUND =
      Flag.onOff("--foreground", "", "", "be the helper, for systemd and other supervisors");

  private final Server server;

  /** What runs as the helper. */
  public interface Server {

    /** Starts the helper in the background; returns once it answers. Blocks. */
    Outcome start(Place place, Duration idle, Invocation invocation)
        throws SessionTokenException, InterruptedException;

    /** Runs as the helper, and returns when that has ended. Blocks. */
    Outcome serve(Place place, Duration idle, Invocation invocation)
        throws SessionTokenException, InterruptedException;
  }

  /**
   * Creates the command.
   *
   * @param server what it starts
   */
  public ResidentStart(Server server) {
    this.server = server;
  }

  @Override
  public String words() {
    return "resident start";
  }

  @Override
  public String summary() {
    return "start the resident helper, which makes further calls quick";
  }

  @Override
  public String description() {
    return """
    Starts a process that stays, and answers the calls of this user from then on: a
    call takes some milliseconds instead of starting a JVM. Returns when it answers.
    Calls that wait, prompt or run programs start a JVM as before; with
    CODER_RESIDENT=0 all calls do.

    The helper keeps connections, and session tokens that were obtained by instance
    identity; no token of the agent, no token of the user. It ends after --idle.
    """;
  }

  @Override
  public List<Flag> flags() {
    return List.of(IDLE, FOREGROUND);
  }

  @Override
  public Duration patience(Arguments arguments) {
    return arguments.isOn(FOREGROUND) ? ENDLESS : Duration.ZERO;
  }

  @Override
  public Outcome run(Invocation invocation) throws SessionTokenException, InterruptedException {
    var arguments = invocation.arguments();
    var idle = Durations.parse(IDLE, arguments.value(IDLE).orElse(""));
    var place = Place.of(invocation.image(), arguments.environment());
    place.prepare();
    return arguments.isOn(FOREGROUND)
        ? server.serve(place, idle, invocation)
        : server.start(place, idle, invocation);
  }
}
