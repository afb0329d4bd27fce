package dev.sessiontoken.runtime.git;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Reads command lines and environments of all processes in a loop, as any user can with {@code ps},
 * and records secrets found there.
 */
public final class Spy implements AutoCloseable {
  private final Map<String, String> secrets;
  private final Set<String> found = new TreeSet<>();
  private volatile boolean isOver;
  private final AtomicInteger looks = new AtomicInteger();

  /**
   * Starts the loop. The map has secrets and the places where each must not be: {@code cmdline},
   * {@code environ} or both.
   */
  public Spy(Map<String, String> secrets) {
    this.secrets = new HashMap<>(secrets);
    Thread.ofPlatform().daemon().start(this::watch);
  }

  private void watch() {
    while (!isOver) {
      try (var processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
        for (var process : processes) {
          for (String place : List.of("cmdline", "environ")) look(process, place);
        }
        looks.incrementAndGet();
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private void look(Path process, String place) {
    try {
      var text = new String(Files.readAllBytes(process.resolve(place)), StandardCharsets.UTF_8);
      secrets.forEach((secret, where) -> {
        if (where.contains(place) && text.contains(secret)) {
          synchronized (found) {
            found.add(place + " of " + text.replace('\0', ' '));
          }
        }
      });
    } catch (IOException e) {
      // the process has ended, or belongs to another user
    }
  }

  /** Places where secrets were found: kind of file and command line of the process. */
  public Set<String> found() {
    synchronized (found) {
      return new TreeSet<>(found);
    }
  }

  public int looks() {
    return looks.get();
  }

  @Override
  public void close() {
    isOver = true;
  }
}
