package dev.sessiontoken.cli.process;

import dev.sessiontoken.discovery.Installation;
import dev.sessiontoken.discovery.ProviderProbe;
import dev.sessiontoken.spi.Deadline;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;

/**
 * Asks jars for their providers, each jar in a child process: whatever its code does there, this
 * process goes on. The child is this image's own java with {@link JarProbeMain}; it gets none of
 * the user's variables but PATH and HOME, and its three standard streams lead nowhere.
 */
public final class JarProbe implements ProviderProbe {
  /** Upper bound of child processes at a time: each takes some ten megabytes. */
  private static final int MAX_AT_ONCE = 16;

  private static final int MAX_BYTES = 256 << 10;

  /** Gives the child a pipe for its answer, at a descriptor that no stream of Java writes to. */
  private static final String WITH_PIPE = "exec \"$@\" 3>&1 </dev/null >/dev/null 2>&1";

  private final Path image;
  private final ChildProcesses children;

  /**
   * A probe that has asked nothing yet.
   *
   * @param image the folder of the image, which has bin/java
   * @param children starts the child processes
   */
  public JarProbe(Path image, ChildProcesses children) {
    this.image = image;
    this.children = children;
  }

  @Override
  public Map<Path, Installation> probe(List<Path> places, Deadline deadline)
      throws InterruptedException {
    var questions = new ArrayList<Callable<Optional<Installation>>>();
    for (var place : places) questions.add(() -> ask(place, deadline));
    var daemons = Thread.ofPlatform().daemon().name("probe ", 1).factory();
    var threads = Executors.newFixedThreadPool(Math.min(places.size(), MAX_AT_ONCE), daemons);
    var found = new HashMap<Path, Installation>();
    try {
      for (var answer : threads.invokeAll(questions)) {
        answer.get().ifPresent(each -> found.put(each.place(), each));
      }
      return found;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } finally {
      threads.shutdownNow();
    }
  }

  /** Empty if no time was left to start the child. */
  private Optional<Installation> ask(Path place, Deadline deadline) throws InterruptedException {
    if (deadline.isOver()) return Optional.empty();
    try {
      var ended = children.run(child(place), deadline, MAX_BYTES, _ -> {});
      return Optional.of(answer(place, ended.output()));
    } catch (TimeoutException e) {
      return Optional.of(Installation.broken(place, "it does not say its name within 2 s"));
    } catch (IOException e) {
      String problem = "the process that asks for its name cannot be started: " + e.getMessage();
      return Optional.of(Installation.broken(place, problem));
    }
  }

  private static Installation answer(Path place, String output) {
    if (output.endsWith(JarProbeMain.END)) {
      return Installation.parse(
          place, output.substring(0, output.length() - JarProbeMain.END.length()));
    }
    return Installation.broken(place, "it ends the whole program (System.exit) when it is loaded");
  }

  private ProcessBuilder child(Path place) {
    var command =
        List.of(
            "/bin/sh",
            "-c",
            WITH_PIPE,
            "sh",
            image.resolve("bin/java").toString(),
            "-XX:AOTCache=" + image.resolve("lib/coder.aot"),
            "-Xlog:disable",
            "-m",
            "dev.sessiontoken.cli/" + JarProbeMain.class.getName(),
            place.toString());
    var builder = children.builder(command).directory(image.toFile());
    builder.environment().keySet().retainAll(List.of("PATH", "HOME"));
    builder.environment().put("LC_ALL", "C.UTF-8");
    return builder;
  }
}
