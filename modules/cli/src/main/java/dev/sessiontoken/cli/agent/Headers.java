package dev.sessiontoken.cli.agent;

import dev.sessiontoken.cli.args.Arguments;
import dev.sessiontoken.cli.args.UsageException;
import dev.sessiontoken.cli.command.Invocation;
import dev.sessiontoken.spi.Printable;
import dev.sessiontoken.spi.SessionTokenException.NotConfigured;
import dev.sessiontoken.spi.SessionTokenException.Unreachable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Collects the headers that the user adds: from flags, variable and header command. */
final class Headers {
  private static final int MAX_BYTES = 64 * 1024;
  private static final String STEP = "run the header command";

  private Headers() {}

  /** A header to add. */
  record Header(String name, String value) {

    /** Leaves the value out, which is often a secret. */
    @Override
    public String toString() {
      return name;
    }
  }

  /** Returns all of them. Runs the header command, if there is one, within the deadline. */
  static List<Header> collect(Invocation invocation)
      throws NotConfigured, Unreachable, InterruptedException {
    var arguments = invocation.arguments();
    var headers = new ArrayList<Header>();
    var given = arguments.values(ConnectionFlags.HEADER);
    if (given.isEmpty()) given = ofVariable(invocation);
    for (String pair : given) {
      var header = parse(pair);
      if (header == null) throw wrong();
      headers.add(header);
    }
    var command = arguments.value(ConnectionFlags.HEADER_COMMAND).filter(each -> !each.isEmpty());
    if (command.isPresent()) headers.addAll(run(command.get(), invocation));
    return headers;
  }

  private static UsageException wrong() {
    return new UsageException(
        "--header and CODER_HEADER want NAME=VALUE; a comma in CODER_HEADER begins the next header,"
            + " unless the whole of a header stands in quotation marks");
  }

  private static List<String> ofVariable(Invocation invocation) {
    var pairs = pairs(invocation.arguments());
    int count = pairs.size();
    if (count > 1) invocation.trace().tell("CODER_HEADER is a list of " + count + " headers");
    return pairs;
  }

  /**
   * Returns the headers in {@code CODER_HEADER}, {@code NAME=VALUE} each. The variable is a line of
   * comma-separated values, as in the original: a header with a comma stands in quotation marks.
   *
   * @throws UsageException if a quotation mark has no partner
   */
  static List<String> pairs(Arguments arguments) {
    var text = arguments.variable(ConnectionFlags.HEADER.variable());
    if (text.isEmpty()) return List.of();
    return CommaSeparated.parse(text.get())
        .orElseThrow(() ->
            new UsageException("CODER_HEADER is a list with commas: a quotation mark is open"));
  }

  private static @Nullable Header parse(String pair) {
    int sign = pair.indexOf('=');
    return sign < 1 ? null : new Header(pair.substring(0, sign), pair.substring(sign + 1));
  }

  private static List<Header> run(String command, Invocation invocation)
      throws NotConfigured, Unreachable, InterruptedException {
    invocation.trace().tell(STEP);
    var headers = new ArrayList<Header>();
    for (String line : output(command, invocation).lines().toList()) {
      if (line.isBlank()) continue;
      var header = parse(line);
      if (header == null) throw failed("a line of its output is not NAME=VALUE", null);
      headers.add(header);
    }
    return headers;
  }

  private static String output(String command, Invocation invocation)
      throws NotConfigured, Unreachable, InterruptedException {
    var stderr = new HeaderCommandStderr(invocation);
    try {
      var finished =
          invocation
              .children()
              .run(program(command, invocation), invocation.deadline(), MAX_BYTES, stderr);
      if (finished.isTooLong()) throw failed("it prints more than 64 KiB", null);
      int status = finished.status();
      if (status != 0) throw failed("it ended with status " + status + stderr.last(), null);
      return finished.output();
    } catch (TimeoutException e) {
      throw timeLimit();
    } catch (IOException e) {
      throw failed("it cannot be started: " + Printable.of(String.valueOf(e.getMessage()), 200), e);
    }
  }

  /** The original runs it this way: in a shell, with the deployment's URL in {@code CODER_URL}. */
  private static ProcessBuilder program(String command, Invocation invocation) {
    var builder = invocation.children().builder(List.of("/bin/sh", "-c", command));
    invocation
        .arguments()
        .value(AgentFlags.URL)
        .ifPresent(url -> builder.environment().put("CODER_URL", url));
    return builder;
  }

  private static Unreachable timeLimit() {
    return new Unreachable(STEP, "time limit reached", "--timeout allows more time", null);
  }

  private static NotConfigured failed(String problem, @Nullable Throwable cause) {
    return new NotConfigured(
        STEP, problem, "it is that of CODER_HEADER_COMMAND or --header-command", cause);
  }
}
