package dev.sessiontoken.discovery;

import static dev.sessiontoken.discovery.ScriptedProvider.held;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.sessiontoken.spi.ClientClosedException;
import dev.sessiontoken.spi.Deadline;
import dev.sessiontoken.spi.SessionToken;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SessionTokenSourceCloseTest {
  private static final SessionToken TOKEN = SessionToken.of("token");
  private static final Duration LONG = Duration.ofSeconds(50);

  private final ScriptedProvider provider = new ScriptedProvider();
  private final SessionTokenSource source = source(InstantSource.system());
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch released = new CountDownLatch(1);

  private SessionTokenSource source(InstantSource clock) {
    return new SessionTokenSource(provider, PlainContext::new, clock);
  }

  private SessionToken get() throws Exception {
    return source.get(Deadline.in(LONG));
  }

  private FutureTask<Object> started() {
    var task =
        new FutureTask<Object>(() -> {
          try {
            return get();
          } catch (Exception e) {
            return e;
          }
        });
    Thread.ofPlatform().daemon().start(task);
    return task;
  }

  @Test
  void refusesCallsWhetherOrNotItHasAToken() throws Exception {
    provider.then(context -> TOKEN);
    get();
    source.close();
    assertThatThrownBy(this::get)
        .isInstanceOf(ClientClosedException.class)
        .hasMessage("get the session token: the source of tokens is closed");
    source.close();
    assertThat(provider.calls()).isEqualTo(1);
  }

  @Test
  void aCallUnderWayGetsItsToken() throws Exception {
    provider.then(held(begun, released, context -> TOKEN));
    var call = started();
    begun.await();
    var closing = new FutureTask<>(() -> source.close(LONG), true);
    var thread = Thread.ofPlatform().daemon().start(closing);
    while (thread.getState() != Thread.State.TIMED_WAITING) SessionTokenSourceTest.spin();
    assertThatThrownBy(this::get).isInstanceOf(ClientClosedException.class);
    released.countDown();
    assertThat(call.get()).isSameAs(TOKEN);
    assertThat(closing.get()).isTrue();
    assertThatThrownBy(this::get).isInstanceOf(ClientClosedException.class);
  }

  @Test
  void afterTheLimitCallersGetNoToken() throws Exception {
    provider.then(held(begun, released, context -> TOKEN));
    var leader = started();
    begun.await();
    source.close(Duration.ZERO);
    released.countDown();
    assertThat(leader.get()).isInstanceOf(ClientClosedException.class);
  }

  @Test
  void anInterruptEndsTheWaitAndStaysSet() throws Exception {
    provider.then(held(begun, released, context -> TOKEN));
    var leader = started();
    begun.await();
    Thread.currentThread().interrupt();
    source.close(LONG);
    assertThat(Thread.interrupted()).isTrue();
    released.countDown();
    assertThat(leader.get()).isInstanceOf(ClientClosedException.class);
  }

  @Test
  void theProviderItselfMayCloseTheSource() {
    provider.then(context -> {
      source.close(LONG);
      return TOKEN;
    });
    assertThat(catchThrowable(this::get)).isInstanceOf(ClientClosedException.class);
  }

  @Test
  void interruptsARenewal() throws Exception {
    var now = new AtomicReference<>(Instant.now());
    var expiring = new SessionToken("a", Optional.of(now.get().plusSeconds(3600)));
    var renewal = new AtomicReference<Thread>();
    provider
        .then(context -> expiring)
        .then(context -> {
          renewal.set(Thread.currentThread());
          return held(begun, released, later -> TOKEN).obtain(context);
        });
    try (var renewing = source(now::get)) {
      renewing.get(Deadline.in(LONG));
      now.updateAndGet(time -> time.plusSeconds(3590));
      renewing.get(Deadline.in(LONG));
      begun.await();
    }
    assertThat(renewal.get().join(LONG)).isTrue();
    assertThat(renewal.get().getName()).startsWith("sessiontoken-");
  }
}
