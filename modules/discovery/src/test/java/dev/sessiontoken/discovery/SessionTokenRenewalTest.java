package dev.sessiontoken.discovery;

import static dev.sessiontoken.discovery.ScriptedProvider.held;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sessiontoken.spi.Deadline;
import dev.sessiontoken.spi.ProviderContext;
import dev.sessiontoken.spi.SessionToken;
import dev.sessiontoken.spi.SessionTokenException;
import dev.sessiontoken.spi.SessionTokenException.Unreachable;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Renewal of tokens before their expiry, with a clock that the test advances. */
@Timeout(60)
class SessionTokenRenewalTest {
  private static final Instant START = Instant.parse("2027-01-01T00:00:00Z");

  private final AtomicReference<Instant> now = new AtomicReference<>(START);
  private final ScriptedProvider provider = new ScriptedProvider();
  private final SessionTokenSource source =
      new SessionTokenSource(provider, PlainContext::new, now::get);

  private SessionToken get() throws SessionTokenException, InterruptedException {
    return source.get(Deadline.in(Duration.ofSeconds(30)));
  }

  private void pass(Duration time) {
    now.updateAndGet(instant -> instant.plus(time));
  }

  private SessionToken token(String value, Duration life) {
    return new SessionToken(value, Optional.of(now.get().plus(life)));
  }

  private void awaitCalls(int calls) throws InterruptedException {
    while (provider.calls() < calls) SessionTokenSourceTest.spin();
  }

  /** Waits for the renewal; returns the first token that differs from the given one. */
  private SessionToken awaitOtherThan(SessionToken old)
      throws SessionTokenException, InterruptedException {
    var token = get();
    while (token.equals(old)) {
      SessionTokenSourceTest.spin();
      token = get();
    }
    return token;
  }

  private static SessionToken outage(ProviderContext context) throws Unreachable {
    throw new Unreachable("ask", "no server", "", null);
  }

  @ParameterizedTest
  @CsvSource({
    "PT1H, PT54M59S, PT55M", // a tenth of the lifetime is 6 minutes, of which 5 count
    "PT30M, PT26M59S, PT27M",
    "PT5M, PT4M29S, PT4M30S",
    "PT10S, PT8S, PT9S"
  })
  void renewsOnceTheLastTenthOfItsLifeHasBegun(Duration life, Duration before, Duration due)
      throws Exception {
    var first = token("first", life);
    provider.then(context -> first);
    get();
    pass(before);
    assertThat(get()).isSameAs(first);
    assertThat(provider.calls()).isEqualTo(1);
    pass(due.minus(before));
    var second = token("second", life);
    provider.then(context -> second);
    assertThat(get()).isSameAs(first);
    assertThat(awaitOtherThan(first)).isSameAs(second);
    assertThat(provider.calls()).isEqualTo(2);
  }

  @Test
  void callersDoNotWaitForARenewalAndOnlyOneRuns() throws Exception {
    var first = token("first", Duration.ofHours(1));
    provider.then(context -> first);
    get();
    pass(Duration.ofMinutes(56));
    var begun = new CountDownLatch(1);
    var released = new CountDownLatch(1);
    var second = token("second", Duration.ofHours(1));
    provider.then(held(begun, released, context -> second));
    for (int i = 0; i < 1000; i++) assertThat(get()).isSameAs(first);
    begun.await();
    assertThat(get()).isSameAs(first);
    assertThat(provider.calls()).isEqualTo(2);
    released.countDown();
    assertThat(awaitOtherThan(first)).isSameAs(second);
  }

  @Test
  void callersWhoFindItDueAtTheSameInstantCauseOneRenewal() throws Exception {
    var meeting = new CyclicBarrier(2);
    var meets = new AtomicBoolean();
    var source =
        new SessionTokenSource(
            provider,
            PlainContext::new,
            () -> {
              if (meets.get()) meet(meeting); // both callers have read the current token
              return now.get();
            });
    provider.then(context -> token("first", Duration.ofHours(1)));
    source.get(Deadline.in(Duration.ofSeconds(30)));
    pass(Duration.ofMinutes(56));
    var renewals = new CountDownLatch(1);
    for (int i = 0; i < 2; i++) {
      provider.then(
          held(renewals, new CountDownLatch(1), context -> token("x", Duration.ofHours(1))));
    }
    meets.set(true);
    var other = new FutureTask<>(() -> source.get(Deadline.in(Duration.ofSeconds(30))));
    Thread.ofPlatform().daemon().start(other);
    assertThat(source.get(Deadline.in(Duration.ofSeconds(30))).value()).isEqualTo("first");
    assertThat(other.get().value()).isEqualTo("first");
    renewals.await();
    for (int i = 0; i < 100; i++)
      Thread.startVirtualThread(() -> {}).join(); // gives a wrong second renewal time to start
    assertThat(provider.calls()).isEqualTo(2);
  }

  private static void meet(CyclicBarrier meeting) {
    try {
      meeting.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void renewsOnAThreadThatIsNotTheCallers() throws Exception {
    provider.then(context -> token("first", Duration.ofHours(1)));
    get();
    pass(Duration.ofMinutes(56));
    var thread = new AtomicReference<Thread>();
    var called = new CountDownLatch(1);
    provider.then(context -> {
      thread.set(Thread.currentThread());
      called.countDown();
      return token("second", Duration.ofHours(1));
    });
    get();
    assertThat(called.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(thread.get()).isNotSameAs(Thread.currentThread());
    assertThat(thread.get().isVirtual()).isTrue();
  }

  @Test
  void returnsTheLastTokenDuringAnOutageUntilItExpires() throws Exception {
    var first = token("first", Duration.ofHours(1));
    provider.then(context -> first);
    get();
    pass(Duration.ofMinutes(55));
    provider.then(SessionTokenRenewalTest::outage);
    assertThat(get()).isSameAs(first);
    awaitCalls(2);
    pass(Duration.ofMinutes(5).minusNanos(1));
    provider.then(SessionTokenRenewalTest::outage);
    assertThat(get()).isSameAs(first);
    awaitCalls(3);
    pass(Duration.ofNanos(1));
    provider.then(SessionTokenRenewalTest::outage);
    assertThatThrownBy(this::get).isInstanceOf(Unreachable.class);
  }

  @Test
  void triesToRenewAgainAtIntervalsOfTenSeconds() throws Exception {
    provider.then(context -> token("first", Duration.ofHours(1)));
    var first = get();
    pass(Duration.ofMinutes(55));
    provider.then(SessionTokenRenewalTest::outage);
    get();
    awaitCalls(2);
    pass(Duration.ofSeconds(10).minusNanos(1));
    get();
    assertThat(provider.calls()).isEqualTo(2);
    pass(Duration.ofNanos(1));
    provider.then(context -> token("second", Duration.ofHours(1)));
    get();
    assertThat(awaitOtherThan(first).value()).isEqualTo("second");
    assertThat(provider.calls()).isEqualTo(3);
  }

  @Test
  void anUnexpectedExceptionOfARenewalDoesNotAffectCallers() throws Exception {
    provider.then(context -> token("first", Duration.ofHours(1)));
    var first = get();
    pass(Duration.ofMinutes(55));
    provider.then(context -> {
      throw new IllegalStateException("oops");
    });
    assertThat(get()).isSameAs(first);
    awaitCalls(2);
    assertThat(get()).isSameAs(first);
  }

  @Test
  void neverReturnsAnExpiredTokenThatItKept() throws Exception {
    provider.then(context -> token("first", Duration.ofHours(1)));
    get();
    pass(Duration.ofHours(1));
    provider.then(context -> token("second", Duration.ofHours(1)));
    assertThat(get().value()).isEqualTo("second");
    assertThat(provider.calls()).isEqualTo(2);
  }

  @Test
  void keepsATokenWithoutExpiry() throws Exception {
    var token = SessionToken.of("eternal");
    provider.then(context -> token);
    get();
    pass(Duration.ofDays(10_000));
    assertThat(get()).isSameAs(token);
    assertThat(provider.calls()).isEqualTo(1);
  }

  @Test
  void aRenewalThatEndsAfterARefusalDoesNotRestoreTheRefusedToken() throws Exception {
    provider.then(context -> token("first", Duration.ofHours(1)));
    var first = get();
    pass(Duration.ofMinutes(55));
    var begun = new CountDownLatch(1);
    var released = new CountDownLatch(1);
    var renewal = new AtomicReference<Thread>();
    provider.then(context -> {
      renewal.set(Thread.currentThread());
      return held(begun, released, done -> token("late", Duration.ofHours(1))).obtain(context);
    });
    get();
    begun.await();
    source.invalidate(first);
    provider.then(context -> token("second", Duration.ofHours(1)));
    assertThat(get().value()).isEqualTo("second");
    released.countDown();
    renewal.get().join();
    assertThat(get().value()).isEqualTo("second");
    assertThat(provider.calls()).isEqualTo(3);
  }
}
