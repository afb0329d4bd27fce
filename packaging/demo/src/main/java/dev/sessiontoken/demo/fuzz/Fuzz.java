package dev.sessiontoken.demo.fuzz;

import dev.sessiontoken.testkit.tls.ServerChain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/** Runs cases on all processors until the time is over, and reports those that broke a rule. */
final class Fuzz {
  private static final int MOST_FAILURES = 10;

  private final Cases cases;
  private final Trial trial;
  private final Path folder;
  private final long end;
  private final AtomicLong next = new AtomicLong();
  private final List<Long> failures = new ArrayList<>();

  private Fuzz(Cases cases, Trial trial, Path folder, Duration time) {
    this.cases = cases;
    this.trial = trial;
    this.folder = folder;
    this.end = System.nanoTime() + time.toNanos();
  }

  /** Takes the image's folder, the folder for failing cases, minutes, seed, and a number or -1. */
  public static void main(String[] args) throws Exception {
    var chain = ServerChain.p256();
    var authority = Files.createDirectories(Path.of(args[1])).resolve("authority.pem");
    chain.writeAuthority(authority);
    var time = Duration.ofMillis((long) (Double.parseDouble(args[2]) * 60_000));
    var fuzz =
        new Fuzz(
            new Cases(Long.parseLong(args[3])),
            new Trial(Path.of(args[0], "bin", "coder"), chain, authority),
            Path.of(args[1]),
            time);
    long only = Long.parseLong(args[4]);
    if (only < 0) fuzz.runAll();
    else fuzz.run(only);
    System.exit(fuzz.report());
  }

  private void runAll() throws InterruptedException, ExecutionException {
    int processors = Runtime.getRuntime().availableProcessors();
    try (var threads = Executors.newFixedThreadPool(processors)) {
      Callable<Void> work = this::runMany;
      for (var each : threads.invokeAll(Collections.nCopies(processors, work))) each.get();
    }
  }

  private Void runMany() throws IOException, InterruptedException {
    while (System.nanoTime() < end && failureCount() < MOST_FAILURES) run(next.getAndIncrement());
    return null;
  }

  private void run(long number) throws IOException, InterruptedException {
    var each = cases.of(number);
    var broken = Oracle.broken(each, trial.run(each));
    if (broken.isEmpty()) return;
    var smallest = new Shrinker(trial, broken.get()).shrink(each);
    var result = trial.run(smallest);
    String text =
        "%s (seed %d, case %d)%n%s%s%n"
            .formatted(broken.get(), cases.seed(), number, smallest, result);
    var file = Files.writeString(folder.resolve(cases.seed() + "-" + number + ".txt"), text);
    System.err.println("fuzz: " + text + "fuzz: saved in " + file);
    synchronized (failures) {
      failures.add(number);
    }
  }

  private int failureCount() {
    synchronized (failures) {
      return failures.size();
    }
  }

  /** Returns the exit status. */
  private int report() {
    System.err.printf(
        "fuzz: seed %d, %d runs, %d failed%n", cases.seed(), next.get(), failureCount());
    return failureCount() == 0 ? 0 : 1;
  }
}
