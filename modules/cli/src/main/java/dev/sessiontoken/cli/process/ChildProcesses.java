package dev.sessiontoken.cli.process;

import dev.sessiontoken.process.InheritedVariables;
import dev.sessiontoken.process.RunningProgram;
import dev.sessiontoken.spi.Deadline;
import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
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
  private static final Duration GRACE = Duration.ofSeconds(2);
  private static final File NULL = new File("/dev/null");

  private final Map<String, String> environment;
  private final Host host;
  private final Set<Process> running = ConcurrentHashMap.newKeySet();
  private final Set<ProcessHandle> detached = ConcurrentHashMap.newKeySet();

  /** Creates a starter for a process of its own, started with the given environment. */
  public ChildProcesses(Map<String, String> environment) {
    this(environment, new OwnProcess());
  }

  /**
   * Creates a starter for a command that was called with the given environment.
   *
   * @param host is asked before a program is started
   */
  public ChildProcesses(Map<String, String> environment, Host host) {
    this.environment = Map.copyOf(environment);
    this.host = host;
  }

  /** Returns the environment of programs that are started. */
  public Map<String, String> environment() {
    var inherited = new HashMap<>(environment);
    InheritedVariables.restore(inherited);
    return inherited;
  }

  /** Returns a builder for a program with that environment and nothing on its standard input. */
  public ProcessBuilder builder(List<String> command) {
    host.requireOwn("start a program");
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
    detached.add(builder.redirectOutput(NULL).redirectError(NULL).start().toHandle());
  }

  /**
   * Starts a program that outlives this one, and whose output the caller reads: a server.
   *
   * @throws IOException if it cannot be started
   */
  public Process startServer(ProcessBuilder builder) throws IOException {
    var server = builder.redirectErrorStream(true).start();
    detached.add(server.toHandle());
    return server;
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
   * Runs a program to its end, and ends it and what it has started at the deadline: see {@link
   * RunningProgram}.
   *
   * @param maxBytes how much of its standard output is read
   * @param started called with the process once it runs, such as to read its standard error
   * @throws IOException if it cannot be started
   * @throws TimeoutException if it has not ended by the deadline
   * @throws InterruptedException if the calling thread was interrupted
   */
  public Finished run(
      ProcessBuilder builder, Deadline deadline, int maxBytes, Consumer<Process> started)
      throws IOException, TimeoutException, InterruptedException {
    try (var program = RunningProgram.start(builder)) {
      var process = program.process();
      running.add(process);
      try {
        started.accept(process);
        var ended = program.await(deadline, maxBytes);
        return new Finished(ended.status(), ended.output(), ended.isTooLong());
      } finally {
        running.remove(process);
      }
    }
  }

  /**
   * Ends all children of this process, those that a provider has started by itself too, but for
   * programs that outlive this one: as {@link #end} does.
   */
  public void endAll() {
    var known = new HashSet<>(detached);
    for (var process : running) known.add(process.toHandle());
    var others = ProcessHandle.current().children().filter(each -> !known.contains(each)).toList();
    for (var each : others) endGently(each);
    end();
    for (var each : others) {
      try {
        var _ = each.onExit().get(GRACE.toMillis(), TimeUnit.MILLISECONDS);
      } catch (InterruptedException | ExecutionException | TimeoutException e) {
        each.destroyForcibly();
      }
    }
  }

  private static void endGently(ProcessHandle process) {
    var started = process.descendants().toList();
    process.destroy();
    started.forEach(ProcessHandle::destroy);
  }

  /** Ends all programs under way: by SIGTERM, and by SIGKILL two seconds later. */
  public void end() {
    for (var process : running) {
      endGently(process.toHandle());
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
