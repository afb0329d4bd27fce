package dev.sessiontoken.cli;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Programs under way that must not outlive this one. */
final class Children {
  private static final Duration GRACE = Duration.ofSeconds(2);

  private final Set<Process> running = ConcurrentHashMap.newKeySet();

  /** Waits for a program to end and returns its status, 128 and the signal if one ended it. */
  int await(Process child) throws InterruptedException {
    running.add(child);
    try {
      return child.waitFor();
    } finally {
      if (child.isAlive()) child.destroy(); // interrupted
      running.remove(child);
    }
  }

  /** Passes on that this program is to end, by SIGTERM, and then by SIGKILL. */
  void end() {
    running.forEach(Process::destroy);
    for (var child : running) {
      try {
        if (!child.waitFor(GRACE)) child.destroyForcibly();
      } catch (InterruptedException e) {
        child.destroyForcibly();
      }
    }
  }
}
