package dev.sessiontoken.cli.process;

import dev.sessiontoken.spi.Deadline;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Starts the programs that commands run, under one policy: the environment is the user's own, as it
 * was before the launcher, without the agent's token; standard input is empty unless the caller
 * says otherwise; a program ends with this one.
 *
 * <p>Safe for any number of threads.
 */
public final class ChildProcesses {
  private static final String AGENT_TOKEN = "CODER_AGENT_TOKEN";
  private static final Duration GRACE = Duration.ofSeconds(2);
  private static final File NULL = new File("/dev/null");

  /**
   * Variables that the launcher sets for the JVM, each with the variable in which the launcher
   * keeps the user's value: empty if the user had none.
   */
  static final Map<String, String> SET_BY_LAUNCHER =
      Map.of("LC_ALL", "CODER_LC_ALL", "MALLOC_ARENA_MAX", "CODER_MALLOC_ARENA_MAX");

  private final Map<String, String> environment;
  private final Set<Process> running = ConcurrentHashMap.newKeySet();

  /** Creates a starter for a program that was itself started with the given environment. */
  public ChildProcesses(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  /** Returns the environment of programs that are started. */
  public Map<String, String> environment() {
    var inherited = new HashMap<>(environment);
    SET_BY_LAUNCHER.forEach((variable, kept) -> {
      String before = inherited.remove(kept);
      if (before == null) return;
      inherited.remove(variable);
      if (!before.isEmpty()) inherited.put(variable, before);
    });
    inherited.remove(AGENT_TOKEN);
    return inherited;
  }

  /** Returns a builder for a program with that environment and nothing on its standard input. */
  public ProcessBuilder builder(List<String> command) {
    var builder = new ProcessBuilder(command).redirectInput(NULL);
    builder.environment().clear();
    builder.environment().putAll(environment());
    return builder;
  }

  /**
   * Starts a program that nothing waits for, and that outlives this one: a browser.
   *
   * @throws IOException if it cannot be started
   */
  public void startDetached(ProcessBuilder builder) throws IOException {
    builder.redirectOutput(NULL).redirectError(NULL).start();
  }

  /**
   * Starts a program and waits for its end.
   *
   * @param started called with the process once it runs, such as to read its standard error
   * @return its status; 128 and the signal's number if a signal ended it
   * @throws IOException if it cannot be started
   */
  public int await(ProcessBuilder builder, Consumer<Process> started)
      throws IOException, InterruptedException {
    var process = builder.start();
    running.add(process);
    try {
      started.accept(process);
      return process.waitFor();
    } finally {
      if (process.isAlive()) process.destroy(); // this thread was interrupted
      running.remove(process);
    }
  }

  /**
   * How a program ended.
   *
   * @param status its exit status; 128 and the signal's number if a signal ended it
   * @param output its standard output, read as UTF-8
   * @param isTooLong whether it printed more than was read; the program was ended then
   */
  public record Finished(int status, String output, boolean isTooLong) {}

  /**
   * Runs a program to its end, and ends it and what it has started at the deadline.
   *
   * @param maxBytes how much of its standard output is read
   * @param started called with the process once it runs, such as to read its standard error
   * @throws IOException if it cannot be started or read
   * @throws TimeoutException if it has not ended by the deadline
   * @throws InterruptedException if the calling thread was interrupted
   */
  public Finished run(
      ProcessBuilder builder, Deadline deadline, int maxBytes, Consumer<Process> started)
      throws IOException, TimeoutException, InterruptedException {
    var process = builder.start();
    running.add(process);
    try {
      started.accept(process);
      byte[] output = read(process.getInputStream(), maxBytes + 1, deadline);
      boolean isTooLong = output.length > maxBytes;
      if (isTooLong) endAll(process);
      if (!process.waitFor(deadline.remaining())) throw new TimeoutException();
      var text = new String(output, StandardCharsets.UTF_8);
      return new Finished(process.exitValue(), text, isTooLong);
    } finally {
      endAll(process);
      running.remove(process);
    }
  }

  /** Reads on a thread of its own: a read of a pipe cannot be interrupted. */
  private static byte[] read(InputStream stream, int maxBytes, Deadline deadline)
      throws IOException, TimeoutException, InterruptedException {
    var output = new FutureTask<>(() -> stream.readNBytes(maxBytes));
    var reader = new Thread(output, "output of a child");
    reader.setDaemon(true);
    reader.start();
    try {
      return output.get(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    }
  }

  /** The descendants are listed first: they cannot be found once their parent is gone. */
  private static void endAll(Process process) {
    var started = process.descendants().toList();
    process.destroyForcibly(); // before its children, whose end a shell would report
    started.forEach(ProcessHandle::destroyForcibly);
  }

  /** Ends all programs under way: by SIGTERM, and by SIGKILL two seconds later. */
  public void end() {
    for (var process : running) {
      var started = process.descendants().toList();
      process.destroy();
      started.forEach(ProcessHandle::destroy);
    }
    for (var process : running) {
      try {
        if (!process.waitFor(GRACE)) process.destroyForcibly();
      } catch (InterruptedException e) {
        process.destroyForcibly();
      }
    }
  }
}
