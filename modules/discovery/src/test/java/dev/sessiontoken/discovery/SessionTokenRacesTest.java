package dev.sessiontoken.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sessiontoken.spi.Deadline;
import dev.sessiontoken.spi.ProviderContext;
import dev.sessiontoken.spi.SessionToken;
import dev.sessiontoken.spi.SessionTokenException;
import dev.sessiontoken.spi.SessionTokenProvider;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class SessionTokenRacesTest {
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2027-01-01T00:00:00Z"));

  private static Deadline soon() {
    return Deadline.in(Duration.ofSeconds(10));
  }

  @Test
  void aDeadlineWithTheSmallestLimitIsOver() {
    assertThat(Deadline.in(Duration.ofSeconds(Long.MIN_VALUE)).isOver()).isTrue();
  }

  /** 1,000 calls at one instant, token valid for 50 s: the provider is called twice at most. */
  @Test
  void aShortLivedTokenIsNotRenewedAtEveryCall() throws Exception {
    var calls = new AtomicInteger();
    var provider =
        new SessionTokenProvider() {
          @Override
          public String name() {
            return "short";
          }

          @Override
          public SessionToken obtain(ProviderContext context) {
            return new SessionToken(
                "t" + calls.incrementAndGet(), Optional.of(now.get().plusSeconds(50)));
          }
        };
    var source = new SessionTokenSource(provider, PlainContext::new, now::get);
    for (int i = 0; i < 1000; i++) {
      source.get(soon());
    }
    assertThat(calls.get()).isLessThanOrEqualTo(2);
  }

  @Test
  void anErrorOfARenewalIsNotPrintedByTheJvm() throws Exception {
    var provider =
        new ScriptedProvider()
            .then(context -> new SessionToken("one", Optional.of(now.get().plusSeconds(3600))))
            .then(context -> {
              throw new NoClassDefFoundError("s3cr3t");
            });
    var source = new SessionTokenSource(provider, PlainContext::new, now::get);
    source.get(soon());
    var uncaught = new CompletableFuture<Throwable>();
    var before = Thread.getDefaultUncaughtExceptionHandler();
    Thread.setDefaultUncaughtExceptionHandler((thread, e) -> uncaught.complete(e));
    try {
      now.set(now.get().plusSeconds(3500));
      source.get(soon());
      while (provider.calls() < 2) Thread.onSpinWait();
      assertThat(
              uncaught
                  .completeOnTimeout(null, 500, java.util.concurrent.TimeUnit.MILLISECONDS)
                  .get())
          .isNull();
    } finally {
      Thread.setDefaultUncaughtExceptionHandler(before);
    }
  }

  /** A token is refused while its renewal starts: the source must not return it again. */
  @Test
  void aRefusedTokenIsForgottenEvenWhileARenewalStarts() throws Exception {
    for (int i = 0; i < 3000; i++) {
      var first = new SessionToken("one", Optional.of(now.get().plusSeconds(3600)));
      var asked = new AtomicInteger();
      var never = new CountDownLatch(1);
      var provider =
          new SessionTokenProvider() {
            @Override
            public String name() {
              return "x";
            }

            @Override
            public SessionToken obtain(ProviderContext context) throws InterruptedException {
              if (asked.incrementAndGet() == 1) return first;
              if (Thread.currentThread().getName().startsWith("sessiontoken-renewal"))
                never.await();
              return SessionToken.of("two");
            }
          };
      var clock = new AtomicReference<>(now.get());
      var source = new SessionTokenSource(provider, PlainContext::new, clock::get);
      source.get(soon());
      clock.set(now.get().plusSeconds(3500));
      var go = new CountDownLatch(1);
      var renewing =
          Thread.ofPlatform()
              .start(() -> {
                try {
                  go.await();
                  source.get(soon());
                } catch (Exception e) {
                  throw new AssertionError(e);
                }
              });
      go.countDown();
      source.invalidate(first);
      renewing.join();
      var token = source.get(soon());
      never.countDown();
      assertThat(token.value()).as("round " + i).isEqualTo("two");
    }
  }

  /** The source's contract: a call that begins after a failed one calls the provider again. */
  @Test
  void aCallAfterAFailureCallsTheProviderAgain() throws Exception {
    for (int i = 0; i < 3000; i++) {
      var calls = new AtomicInteger();
      var begun = new CountDownLatch(1);
      var released = new CountDownLatch(1);
      var provider =
          new SessionTokenProvider() {
            @Override
            public String name() {
              return "x";
            }

            @Override
            public SessionToken obtain(ProviderContext context)
                throws SessionTokenException, InterruptedException {
              if (calls.incrementAndGet() > 1) return SessionToken.of("two");
              begun.countDown();
              released.await();
              throw new SessionTokenException.Rejected("s", "p", "", null);
            }
          };
      var source = new SessionTokenSource(provider, PlainContext::new, now::get);
      var leader =
          Thread.ofPlatform()
              .start(() -> {
                try {
                  source.get(soon());
                } catch (Exception e) {
                  return;
                }
              });
      begun.await();
      var second = new CompletableFuture<String>();
      var follower =
          Thread.ofPlatform()
              .start(() -> {
                try {
                  source.get(soon());
                } catch (Exception e) {
                  try {
                    second.complete(source.get(soon()).value());
                  } catch (Exception again) {
                    second.complete(again.toString());
                  }
                }
              });
      while (follower.getState() != Thread.State.TIMED_WAITING) Thread.onSpinWait();
      released.countDown();
      assertThat(second.get()).as("round " + i).isEqualTo("two");
      leader.join();
      follower.join();
    }
  }
}
