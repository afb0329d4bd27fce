package dev.sessiontoken.cli.workspace;

import dev.sessiontoken.cli.agent.AgentFlags;
import dev.sessiontoken.cli.args.Arguments;
import dev.sessiontoken.cli.args.CommonFlags;
import dev.sessiontoken.cli.args.Durations;
import dev.sessiontoken.cli.args.Flag;
import dev.sessiontoken.cli.args.UsageException;
import dev.sessiontoken.cli.command.Command;
import dev.sessiontoken.cli.command.Invocation;
import dev.sessiontoken.cli.command.Outcome;
import dev.sessiontoken.client.LogEntry;
import dev.sessiontoken.client.LogLevel;
import dev.sessiontoken.client.LogSource;
import dev.sessiontoken.spi.SessionTokenException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Sends the lines of standard input to the logs of the workspace.
 *
 * <p>The input is read to its end whatever happens: a program that writes into a pipe without a
 * reader is ended by SIGPIPE, and no log is worth that.
 */
public final class LogsSend implements Command {
  private static final Flag SOURCE =
      Flag.value("--source", "NAME", "", "under which name the dashboard shows the lines");
  private static final Flag LEVEL =
      Flag.value("--level", "LEVEL", "", "trace, debug, info, warn or error").withDefault("info");

  /** The picture that coderd gives logs without a source. */
  private static final String ICON = "/emojis/1f310.png";

  @Override
  public String words() {
    return "logs send";
  }

  @Override
  public String summary() {
    return "send standard input to the workspace's logs in the dashboard";
  }

  @Override
  public String description() {
    return """
    Sends each line within about a second. For scripts of which the output should be
    seen where the agent's own start-up scripts show theirs:

      ./install.sh > >(coder logs send --source Install) 2>&1   # in bash

    The script keeps its exit code and is never held up: where the deployment cannot
    be reached, up to 1 MiB of lines waits for it. The command ends when its input
    ends, and says then how many lines could not be sent. A deployment keeps 1 MiB
    of logs for each agent. --timeout bounds each request here.
    """;
  }

  @Override
  public List<Flag> flags() {
    return AgentFlags.and(SOURCE, LEVEL);
  }

  /** Unlimited, in effect: the program that writes the lines decides how long that takes. */
  @Override
  public Duration patience(Arguments arguments) {
    return Duration.ofDays(365);
  }

  @Override
  public Outcome run(Invocation invocation) throws Exception {
    var arguments = invocation.arguments();
    var level = level(arguments);
    var source = source(arguments);
    var limit =
        Durations.parse(CommonFlags.TIMEOUT, arguments.value(CommonFlags.TIMEOUT).orElse(""));
    var buffer = new LogBuffer(System::nanoTime);
    var sending = new FutureTask<>(() -> send(invocation, source, buffer, limit));
    var thread = new Thread(sending, "logs");
    thread.setDaemon(true);
    thread.start();
    try {
      InputLines.read(
          invocation.terminal().in(),
          line -> buffer.add(new LogEntry(invocation.clock().instant(), level, line)));
    } catch (IOException e) { // a closed standard input, for example: the end of the input
      invocation.trace().tell("standard input cannot be read any further");
    }
    buffer.end();
    return outcome(sending, buffer);
  }

  private static LogLevel level(Arguments arguments) {
    String word = arguments.value(LEVEL).orElse("");
    for (var each : LogLevel.values()) if (each.word().equalsIgnoreCase(word)) return each;
    throw new UsageException("--level takes trace, debug, info, warn or error");
  }

  /** Derives the id from the name, so that a later run adds to the same source. */
  private static Optional<LogSource> source(Arguments arguments) {
    var name = arguments.value(SOURCE);
    if (name.isEmpty()) return Optional.empty();
    try {
      var id = UUID.nameUUIDFromBytes(("logs send " + name.get()).getBytes(StandardCharsets.UTF_8));
      return Optional.of(new LogSource(id, name.get(), ICON));
    } catch (IllegalArgumentException e) {
      throw new UsageException(
          "--source takes a name of 1 to " + LogSource.MAX_NAME + " characters");
    }
  }

  /** Connects and sends until the input has ended; returns the failure that lost lines, if any. */
  private static Optional<SessionTokenException> send(
      Invocation invocation, Optional<LogSource> source, LogBuffer buffer, Duration limit)
      throws InterruptedException {
    try (var client = AgentFlags.connect(invocation)) {
      return new LogSender(client, source, buffer, limit).send();
    } catch (SessionTokenException e) {
      return Optional.of(e);
    } finally {
      buffer.stop();
    }
  }

  private static Outcome outcome(
      FutureTask<Optional<SessionTokenException>> sending, LogBuffer buffer) throws Exception {
    try {
      var failure = sending.get();
      if (failure.isEmpty()) return Outcome.ok("");
      throw buffer.explained(failure.get());
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }
}
