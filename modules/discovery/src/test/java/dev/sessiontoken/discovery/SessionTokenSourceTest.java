package dev.sessiontoken.discovery;

import static dev.sessiontoken.discovery.ScriptedProvider.held;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.sessiontoken.spi.Deadline;
import dev.sessiontoken.spi.ProviderContext;
import dev.sessiontoken.spi.SessionToken;
import dev.sessiontoken.spi.SessionTokenException;
import dev.sessiontoken.spi.SessionTokenException.Rejected;
import dev.sessiontoken.spi.SessionTokenException.Unreachable;
import dev.sessiontoken.spi.SessionTokenProvider;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Concurrent callers share one call of the provider. Renewal: {@link SessionTokenRenewalTest}. */
@Timeout(60)
class SessionTokenSourceTest {
  private static final SessionToken FIRST = SessionToken.of("first");
  private static final SessionToken SECOND = SessionToken.of("second");

  private final ScriptedProvider provider = new ScriptedProvider();
  private final SessionTokenSource source = source(provider);
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch released = new CountDownLatch(1);

  private static SessionTokenSource source(SessionTokenProvider provider) {
    return new SessionTokenSource(provider, PlainContext::new, InstantSource.system());
  }

  private static Deadline ampleTime() {
    return Deadline.in(Duration.ofSeconds(30));
  }

  private static Rejected rejection() {
    return new Rejected("prove the agent", "no", "", null);
  }

  private SessionToken get() throws SessionTokenException, InterruptedException {
    return source.get(ampleTime());
  }

  /** Starts a caller on its own thread; returns when it waits for the call of another thread. */
  private static <T> FutureTask<T> waiting(Callable<T> call) throws InterruptedException {
    var task = new FutureTask<>(call);
    awaitWaiting(Thread.ofPlatform().daemon().start(task));
    return task;
  }

  private static void awaitWaiting(Thread thread) throws InterruptedException {
    while (thread.getState() != Thread.State.WAITING
        && thread.getState() != Thread.State.TIMED_WAITING) {
      spin();
    }
  }

  /** One round of a loop that waits for another thread; throws when the test is interrupted. */
  static void spin() throws InterruptedException {
    if (Thread.interrupted()) throw new InterruptedException();
    Thread.onSpinWait();
  }

  static Stream<ExecutorService> manyThreads() {
    return Stream.of(Executors.newVirtualThreadPerTaskExecutor(), Executors.newFixedThreadPool(64));
  }

  static Stream<Thread.Builder> kindsOfThread() {
    return Stream.of(Thread.ofVirtual(), Thread.ofPlatform().daemon());
  }

  @Nested
  class OneFlight {

    @ParameterizedTest
    @MethodSource("dev.sessiontoken.discovery.SessionTokenSourceTest#manyThreads")
    void callsTheProviderOnceForAThousandCallers(ExecutorService threads) throws Exception {
      try (threads) {
        provider.then(held(begun, released, context -> FIRST));
        var callers = new ArrayList<Future<SessionToken>>();
        for (int i = 0; i < 1000; i++) {
          callers.add(threads.submit(SessionTokenSourceTest.this::get));
        }
        begun.await();
        released.countDown();
        for (var each : callers) assertThat(each.get()).isSameAs(FIRST);
      }
      assertThat(provider.calls()).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("dev.sessiontoken.discovery.SessionTokenSourceTest#kindsOfThread")
    void failsAThousandFollowersWithTheLeadersException(Thread.Builder kind) throws Exception {
      var failure = rejection();
      provider.then(
          held(
              begun,
              released,
              context -> {
                throw failure;
              }));
      var leader = new FutureTask<>(() -> catchThrowable(SessionTokenSourceTest.this::get));
      kind.start(leader);
      begun.await();
      var followers = new ArrayList<FutureTask<Throwable>>();
      var threads = new ArrayList<Thread>();
      for (int i = 0; i < 1000; i++) {
        followers.add(new FutureTask<>(() -> catchThrowable(SessionTokenSourceTest.this::get)));
        threads.add(kind.start(followers.getLast()));
      }
      for (var each : threads) awaitWaiting(each);
      released.countDown();
      assertThat(leader.get()).isSameAs(failure);
      for (var each : followers) assertThat(each.get()).isSameAs(failure);
      assertThat(provider.calls()).isEqualTo(1);
    }

    private SessionToken refuse(ProviderContext context) throws Rejected {
      throw rejection();
    }

    @Test
    void triesAgainAfterAFailure() throws Exception {
      provider.then(this::refuse).then(context -> FIRST);
      assertThatThrownBy(SessionTokenSourceTest.this::get).isInstanceOf(Rejected.class);
      assertThat(get()).isSameAs(FIRST);
    }

    @Test
    void keepsTheToken() throws Exception {
      provider.then(context -> FIRST);
      assertThat(get()).isSameAs(FIRST);
      assertThat(get()).isSameAs(FIRST);
      assertThat(provider.calls()).isEqualTo(1);
    }

    @Test
    void returnsAKeptTokenEvenToACallerWithoutTime() throws Exception {
      provider.then(context -> FIRST);
      get();
      assertThat(source.get(Deadline.in(Duration.ZERO))).isSameAs(FIRST);
    }
  }

  @Nested
  class Interrupts {

    @Test
    void anInterruptedLeaderDoesNotFailItsFollowers() throws Exception {
      provider.then(held(begun, released, context -> FIRST)).then(context -> SECOND);
      var leader = new FutureTask<>(() -> catchThrowable(SessionTokenSourceTest.this::get));
      var thread = Thread.ofPlatform().daemon().start(leader);
      begun.await();
      var follower = waiting(SessionTokenSourceTest.this::get);
      thread.interrupt();
      assertThat(leader.get()).isInstanceOf(InterruptedException.class);
      assertThat(follower.get()).isSameAs(SECOND);
    }

    @Test
    void anInterruptedFollowerDoesNotAffectOtherCallers() throws Exception {
      provider.then(held(begun, released, context -> FIRST));
      var leader = new FutureTask<>(SessionTokenSourceTest.this::get);
      Thread.ofPlatform().daemon().start(leader);
      begun.await();
      var follower = new FutureTask<>(() -> catchThrowable(SessionTokenSourceTest.this::get));
      var thread = Thread.ofPlatform().daemon().start(follower);
      awaitWaiting(thread);
      thread.interrupt();
      assertThat(follower.get()).isInstanceOf(InterruptedException.class);
      released.countDown();
      assertThat(leader.get()).isSameAs(FIRST);
      assertThat(get()).isSameAs(FIRST);
    }
  }

  @Nested
  class Deadlines {

    @Test
    void aFollowerWaitsNoLongerThanItsOwnDeadline() throws Exception {
      provider.then(held(begun, released, context -> FIRST));
      var leader = new FutureTask<>(SessionTokenSourceTest.this::get);
      Thread.ofVirtual().start(leader);
      begun.await();
      assertThatThrownBy(() -> source.get(Deadline.in(Duration.ofMillis(1))))
          .isInstanceOf(Unreachable.class)
          .hasMessage("wait for the session token: time limit reached");
      released.countDown();
      assertThat(leader.get()).isSameAs(FIRST);
    }

    @Test
    void theLeadersOwnDeadlineReachesTheProvider() throws Exception {
      var seen = new AtomicReference<Deadline>();
      provider.then(context -> {
        seen.set(context.deadline());
        return FIRST;
      });
      var deadline = ampleTime();
      source.get(deadline);
      assertThat(seen.get()).isSameAs(deadline);
    }

    @Test
    void aFollowerWithMoreTimeThanTheLeaderCallsTheProviderItself() throws Exception {
      var nanos = new AtomicLong();
      var soon = Deadline.in(Duration.ofSeconds(1), nanos::get);
      provider
          .then(
              held(
                  begun,
                  released,
                  context -> {
                    throw new Unreachable("ask", "time limit reached", "", null);
                  }))
          .then(context -> SECOND);
      var leader = new FutureTask<>(() -> catchThrowable(() -> source.get(soon)));
      Thread.ofVirtual().start(leader);
      begun.await();
      var follower = waiting(SessionTokenSourceTest.this::get);
      nanos.set(Duration.ofSeconds(1).toNanos());
      released.countDown();
      assertThat(leader.get()).isInstanceOf(Unreachable.class);
      assertThat(follower.get()).isSameAs(SECOND);
    }
  }

  @Nested
  class BrokenProviders {

    static Stream<Throwable> failures() {
      return Stream.of(new IllegalStateException("oops"), new NoClassDefFoundError("gone"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void failOnlyTheCallersOfThatCall(Throwable failure) throws Exception {
      provider
          .then(
              held(
                  begun,
                  released,
                  context -> {
                    if (failure instanceof Error error) throw error;
                    throw (RuntimeException) failure;
                  }))
          .then(context -> SECOND);
      var leader = new FutureTask<>(() -> catchThrowable(SessionTokenSourceTest.this::get));
      Thread.ofVirtual().start(leader);
      begun.await();
      var follower = waiting(() -> catchThrowable(SessionTokenSourceTest.this::get));
      released.countDown();
      assertThat(leader.get(30, TimeUnit.SECONDS)).isSameAs(failure);
      assertThat(follower.get(30, TimeUnit.SECONDS)).isSameAs(failure);
      assertThat(get()).isSameAs(SECOND);
    }
  }
}
