package dev.sessiontoken.cli.resident;

import dev.sessiontoken.cli.command.Invocation;
import dev.sessiontoken.cli.command.Outcome;
import dev.sessiontoken.spi.Printable;
import dev.sessiontoken.spi.SessionTokenException.Unreachable;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The resident helper as a process of its own, which the image's launcher starts. */
public record ServerProcess() implements ResidentStart.Server {
  /** Begins the line by which the helper says that it answers. */
  public static final String READY = "coder: the resident helper answers at ";

  private static final String STEP = "start the resident helper";
  private static final Duration ALIVE = Duration.ofSeconds(2);

  /** Ctrl-C at the terminal of the caller, and its end, are not meant for the helper. */
  private static final String DETACHED = "trap '' HUP INT; exec \"$@\"";

  private static final List<String> INHERITED = List.of("PATH", "HOME", "XDG_RUNTIME_DIR");

  @Override
  public Outcome start(Place place, Duration idle, Invocation invocation)
      throws Unreachable, InterruptedException {
    if (isAnswering(place, invocation)) {
      invocation.tell("coder: the resident helper runs already");
      return Outcome.ok("");
    }
    var command = new ArrayList<>(List.of("/bin/sh", "-c", DETACHED, "sh"));
    command.addAll(launcher(idle, invocation));
    var builder = invocation.children().builder(command).directory(new File("/"));
    builder.environment().keySet().retainAll(INHERITED);
    try {
      return awaitReady(invocation.children().startServer(builder));
    } catch (IOException e) {
      throw failed(String.valueOf(e.getMessage()), e);
    }
  }

  private static boolean isAnswering(Place place, Invocation invocation)
      throws InterruptedException {
    try {
      return Question.STATUS.ask(place, invocation.deadline().orIn(ALIVE)).isPresent();
    } catch (IOException | TimeoutException e) {
      invocation.trace().tell("another helper does not answer: " + Printable.of(e));
      return false; // the new one takes its place
    }
  }

  /** Reads until the helper answers. What it says before that is why it does not. */
  private static Outcome awaitReady(Process helper) throws IOException, Unreachable {
    String problem = "it ended at once";
    try (var lines =
        new BufferedReader(
            new InputStreamReader(helper.getInputStream(), StandardCharsets.UTF_8))) {
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith(READY)) return Outcome.ok("");
        problem = line;
      }
    }
    throw failed(Printable.of(problem, 1000), null);
  }

  private static Unreachable failed(String problem, @Nullable Throwable cause) {
    return new Unreachable(
        STEP, problem, "\"coder resident start --foreground\" shows more", cause);
  }

  /** Flags may stand in any order in the caller's line; the launcher looks for this one. */
  private static List<String> launcher(Duration idle, Invocation invocation) {
    return List.of(
        invocation.image().resolve("bin/coder").toString(),
        "resident",
        "start",
        "--foreground",
        "--idle=" + idle.toMillis() + "ms");
  }

  @Override
  public Outcome serve(Place place, Duration idle, Invocation invocation)
      throws Unreachable, InterruptedException {
    var children = invocation.children();
    var builder =
        children
            .builder(launcher(idle, invocation))
            .redirectOutput(Redirect.INHERIT)
            .redirectError(Redirect.INHERIT);
    try {
      return new Outcome(children.await(builder, _ -> {}), "");
    } catch (IOException e) {
      throw failed(String.valueOf(e.getMessage()), e);
    }
  }
}
