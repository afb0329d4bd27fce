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

/** Looks at all processes of the machine again and again, as any user may who runs {@code ps}. */
final class Spy implements AutoCloseable {
  private final Map<String, String> secrets;
  private final Set<String> found = new TreeSet<>();
  private volatile boolean isOver;
  private final AtomicInteger looks = new AtomicInteger();

  /** Looks for secrets, by the place where each must not be: {@code cmdline} or {@code environ}. */
  Spy(Map<String, String> secrets) {
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
      // it has ended meanwhile, or is another user's
    }
  }

  /** Where secrets were seen. */
  Set<String> found() {
    synchronized (found) {
      return new TreeSet<>(found);
    }
  }

  int looks() {
    return looks.get();
  }

  @Override
  public void close() {
    isOver = true;
  }
}
