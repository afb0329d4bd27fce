package dev.sessiontoken.demo;

import com.sun.management.ThreadMXBean;
import dev.sessiontoken.client.CoderClient;
import dev.sessiontoken.client.ExternalAuthQuery;
import dev.sessiontoken.discovery.SessionTokenProviders;
import dev.sessiontoken.http.DeploymentSettings;
import dev.sessiontoken.spi.Deadline;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;

/**
 * Measures the library under load: calls per second of one client used by 1, 8 and 64 threads, and
 * bytes that this JVM allocates per call. Prints rows of a table.
 */
final class Load {
  private static final Duration WARM_UP = Duration.ofSeconds(6);
  private static final Duration MEASURED = Duration.ofSeconds(3);

  private final CoderClient coder;

  private Load(CoderClient coder) {
    this.coder = coder;
  }

  /** The arguments are URL and token of a deployment, its file of authorities, its table name. */
  public static void main(String[] args) throws Exception {
    var settings =
        DeploymentSettings.of(URI.create(args[0]))
            .withEnvironment(Map.of())
            .withCaFile(Path.of(args[2]));
    var provider = SessionTokenProviders.named("token").orElseThrow();
    try (var coder = new CoderClient(settings, provider, Map.of("agent-token", args[1]))) {
      var load = new Load(coder);
      load.run(8, WARM_UP);
      for (int threads : new int[] {1, 8, 64}) {
        System.out.println("| " + args[3] + " | " + load.run(threads, MEASURED));
      }
    }
  }

  private String run(int threads, Duration time) throws Exception {
    var calls = new LongAdder();
    long before = allocated();
    var end = Deadline.in(time);
    try (var all = Executors.newFixedThreadPool(threads)) {
      for (var each : all.invokeAll(Collections.nCopies(threads, () -> call(calls, end))))
        each.get();
    }
    long each = (allocated() - before) / Math.max(1, calls.sum());
    return threads + " | " + calls.sum() / time.toSeconds() + " | " + each / 1024 + " |";
  }

  private Object call(LongAdder calls, Deadline end) throws Exception {
    while (!end.isOver()) {
      coder.externalAuth(ExternalAuthQuery.id("github"), Deadline.in(Duration.ofSeconds(30)));
      calls.increment();
    }
    return calls;
  }

  private static long allocated() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getTotalThreadAllocatedBytes();
  }
}
