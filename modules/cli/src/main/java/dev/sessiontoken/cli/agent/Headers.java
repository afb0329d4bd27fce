package dev.sessiontoken.cli.agent;

import dev.sessiontoken.cli.args.Arguments;
import dev.sessiontoken.cli.args.UsageException;
import dev.sessiontoken.cli.command.Invocation;
import dev.sessiontoken.spi.Printable;
import dev.sessiontoken.spi.SessionTokenException.NotConfigured;
import dev.sessiontoken.spi.SessionTokenException.Unreachable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Gathers the headers that the user adds, from flags, variable and command. */
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

  /** All of them; the command runs once, within the deadline. */
  static List<Header> of(Invocation invocation)
      throws NotConfigured, Unreachable, InterruptedException {
    var arguments = invocation.arguments();
    var headers = new ArrayList<Header>();
    var given = arguments.values(ConnectionFlags.HEADER);
    if (given.isEmpty()) {
      given = arguments.variable(ConnectionFlags.HEADER.variable()).map(List::of).orElse(List.of());
    }
    for (String pair : given) {
      var header = parse(pair);
      if (header == null) throw new UsageException("--header and CODER_HEADER want NAME=VALUE");
      headers.add(header);
    }
    var command = arguments.value(ConnectionFlags.HEADER_COMMAND).filter(each -> !each.isEmpty());
    if (command.isPresent()) headers.addAll(run(command.get(), invocation));
    return headers;
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
    var process = start(command, invocation.arguments());
    try (var _ = invocation.children().hold(process)) {
      var said = new HeaderCommandStderr(process.errorReader(StandardCharsets.UTF_8), invocation);
      var output = reading(process.getInputStream());
      byte[] bytes =
          output.get(invocation.deadline().remaining().toMillis(), TimeUnit.MILLISECONDS);
      if (bytes.length > MAX_BYTES) throw failed("it prints more than 64 KiB", null);
      if (!process.waitFor(invocation.deadline().remaining())) throw timeLimit();
      int status = process.exitValue();
      if (status != 0) throw failed("it ended with status " + status + said.last(), null);
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (TimeoutException e) {
      throw timeLimit();
    } catch (ExecutionException e) {
      throw failed("its output cannot be read", e.getCause());
    }
  }

  private static FutureTask<byte[]> reading(InputStream stream) {
    var output = new FutureTask<>(() -> stream.readNBytes(MAX_BYTES + 1));
    var reader = new Thread(output, "header command output");
    reader.setDaemon(true);
    reader.start();
    return output;
  }

  /**
   * As the original runs it: by the shell, with the deployment's URL; what it complains is shown.
   */
  private static Process start(String command, Arguments arguments) throws NotConfigured {
    var builder = arguments.program(List.of("/bin/sh", "-c", command));
    builder.environment().remove(AgentFlags.TOKEN.variable());
    arguments.value(AgentFlags.URL).ifPresent(url -> builder.environment().put("CODER_URL", url));
    try {
      return builder.start();
    } catch (IOException e) {
      throw failed("it cannot be started: " + Printable.of(String.valueOf(e.getMessage()), 200), e);
    }
  }

  private static Unreachable timeLimit() {
    return new Unreachable(STEP, "time limit reached", "--timeout allows more time", null);
  }

  private static NotConfigured failed(String problem, @Nullable Throwable cause) {
    return new NotConfigured(
        STEP, problem, "it is that of CODER_HEADER_COMMAND or --header-command", cause);
  }
}
