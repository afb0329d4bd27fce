package dev.sessiontoken.discovery;

import dev.sessiontoken.spi.Deadline;
import dev.sessiontoken.spi.ProviderContext;
import dev.sessiontoken.spi.SessionToken;
import dev.sessiontoken.spi.SessionTokenProvider;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/** A source under load: a token that it has, and one that it must obtain. */
@State(Scope.Benchmark)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SessionTokenSourceBenchmark {
  private static final int MANY = 10_000;

  private final Deadline deadline = Deadline.in(Duration.ofHours(1));
  private final AtomicInteger asked = new AtomicInteger();
  private final SessionTokenSource source = source();

  private SessionTokenSource source() {
    return new SessionTokenSource(
        new Counting(asked), Unused::new, InstantSource.fixed(Instant.EPOCH));
  }

  private record Counting(AtomicInteger asked) implements SessionTokenProvider {
    @Override
    public String name() {
      return "counting";
    }

    @Override
    public SessionToken obtain(ProviderContext context) throws InterruptedException {
      asked.incrementAndGet();
      Thread.sleep(5); // as long as an exchange takes, so that the others come to wait
      return SessionToken.of("token");
    }
  }

  private record Unused(Deadline deadline) implements ProviderContext {
    @Override
    public URI deployment() {
      return URI.create("http://localhost");
    }

    @Override
    public Optional<String> option(String name) {
      return Optional.empty();
    }

    @Override
    public SessionToken exchange(String endpoint, Map<String, String> evidence) {
      return SessionToken.of("token");
    }
  }

  @Benchmark
  @Threads(1)
  public SessionToken cachedFor1() throws Exception {
    return source.get(deadline);
  }

  @Benchmark
  @Threads(8)
  public SessionToken cachedFor8() throws Exception {
    return source.get(deadline);
  }

  @Benchmark
  @Threads(64)
  public SessionToken cachedFor64() throws Exception {
    return source.get(deadline);
  }

  /** Fails if there was more than one exchange. */
  @Benchmark
  @BenchmarkMode(Mode.AverageTime)
  @OutputTimeUnit(TimeUnit.MILLISECONDS)
  public int tenThousandVirtualThreadsWantANewOne() {
    asked.set(0);
    var fresh = source();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < MANY; i++) threads.submit(() -> fresh.get(deadline));
    }
    if (asked.get() != 1) throw new IllegalStateException(asked + " exchanges");
    return asked.get();
  }
}
