package dev.sessiontoken.cli.process;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Programs under way that must not outlive this one. */
public final class ChildProcesses {
  private static final Duration GRACE = Duration.ofSeconds(2);

  private final Set<Process> running = ConcurrentHashMap.newKeySet();

  /** Waits for a program to end and returns its status, 128 and the signal if one ended it. */
  public int await(Process child) throws InterruptedException {
    running.add(child);
    try {
      return child.waitFor();
    } finally {
      if (child.isAlive()) child.destroy(); // interrupted
      running.remove(child);
    }
  }

  /** Has a program end, and what it has started, when the hold is closed or this program ends. */
  public Hold hold(Process child) {
    running.add(child);
    return new Hold(running, child);
  }

  /** Keeps a program from outliving what it was started for. */
  public record Hold(Set<Process> running, Process child) implements AutoCloseable {
    @Override
    public void close() {
      var started = child.descendants().toList();
      child.destroyForcibly(); // a shell would complain of the end of its children
      started.forEach(ProcessHandle::destroyForcibly);
      running.remove(child);
    }
  }

  /** Passes on that this program is to end, by SIGTERM, and then by SIGKILL. */
  public void end() {
    for (var child : running) {
      var started = child.descendants().toList();
      child.destroy();
      started.forEach(ProcessHandle::destroy);
    }
    for (var child : running) {
      try {
        if (!child.waitFor(GRACE)) child.destroyForcibly();
      } catch (InterruptedException e) {
        child.destroyForcibly();
      }
    }
  }
}
