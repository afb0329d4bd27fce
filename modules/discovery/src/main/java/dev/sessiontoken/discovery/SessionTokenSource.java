package dev.sessiontoken.discovery;

import dev.sessiontoken.spi.Deadline;
import dev.sessiontoken.spi.ProviderContext;
import dev.sessiontoken.spi.SessionToken;
import dev.sessiontoken.spi.SessionTokenException;
import dev.sessiontoken.spi.SessionTokenProvider;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The token of one provider, for as many callers as there are: obtained once, kept until it is
 * refused or expires, obtained again ahead of its expiry.
 *
 * <ul>
 *   <li>Any number of platform or virtual threads that find no token cause one call of the
 *       provider; it runs on the thread that came first, and fails them all with the same exception
 *       when it fails. The next caller tries again.
 *   <li>A token that tells its expiry is renewed on a virtual thread of its own once the last tenth
 *       of its life has begun (five minutes at most); callers get the present one meanwhile and
 *       never wait. If renewing fails, the present one goes on being handed out until it expires,
 *       and renewing is tried again at intervals of ten seconds.
 *   <li>An expired or refused token is never handed out again. One that the provider has just given
 *       is handed out once, whatever its expiry says: the clock here may be wrong.
 * </ul>
 *
 * <p>Safe for any number of threads; holds nothing that needs closing.
 */
public final class SessionTokenSource {
  private static final Duration RENEWAL_LIMIT = Duration.ofSeconds(30);
  private static final Duration RENEWAL_INTERVAL = Duration.ofSeconds(10);
  private static final Duration EARLIEST = Duration.ofMinutes(5);

  private final SessionTokenProvider provider;
  private final Function<Deadline, ProviderContext> contexts;
  private final InstantSource clock;

  private final AtomicReference<@Nullable Held> held = new AtomicReference<>();
  private final AtomicReference<@Nullable Flight> flight = new AtomicReference<>();

  /** A token, and when it is time to look for the next one. */
  private record Held(SessionToken token, Instant renewal) {

    boolean isUsableAt(Instant now) {
      return token.expiry().map(now::isBefore).orElse(true);
    }

    boolean isDueAt(Instant now) {
      return !now.isBefore(renewal);
    }
  }

  /** One call of the provider: the caller whose deadline it has, and what came of it. */
  private record Flight(Deadline deadline, CompletableFuture<Optional<SessionToken>> outcome) {}

  /**
   * A source that has not asked yet.
   *
   * @param provider whom to ask
   * @param contexts gives the provider its context for one call that ends by the given deadline
   * @param clock tells when tokens expire; {@link InstantSource#system()} outside tests
   */
  public SessionTokenSource(
      SessionTokenProvider provider,
      Function<Deadline, ProviderContext> contexts,
      InstantSource clock) {
    this.provider = provider;
    this.contexts = contexts;
    this.clock = clock;
  }

  /**
   * The token. Returns at once if there is one; else asks the provider, or waits for the caller who
   * is asking it.
   *
   * @param deadline how long this caller is ready to wait
   * @return a token that is not known to be expired or refused, never null
   * @throws SessionTokenException as the provider said, or {@link
   *     SessionTokenException.Unreachable} if another caller's call did not end in time
   * @throws InterruptedException if the calling thread was interrupted; others that wait for the
   *     same token are not disturbed
   */
  public SessionToken get(Deadline deadline) throws SessionTokenException, InterruptedException {
    while (true) {
      var present = usable();
      if (present != null) return present;
      var mine = new Flight(deadline, new CompletableFuture<>());
      var running = flight.compareAndExchange(null, mine);
      var token = running == null ? lead(mine) : follow(running, deadline);
      if (token.isPresent()) return token.get();
    }
  }

  /**
   * Forgets a token that the deployment refused, if it is still the present one.
   *
   * @return whether asking again may give another one
   */
  public boolean invalidate(SessionToken refused) {
    held.updateAndGet(
        present -> present != null && present.token().equals(refused) ? null : present);
    return provider.renews();
  }

  private @Nullable SessionToken usable() {
    var present = held.get();
    if (present == null) return null;
    var now = clock.instant();
    if (!present.isUsableAt(now)) return null;
    if (present.isDueAt(now)) renewAhead(present, now);
    return present.token();
  }

  /** Asks on this thread. Whatever happens, those who wait learn of it. */
  private Optional<SessionToken> lead(Flight mine)
      throws SessionTokenException, InterruptedException {
    try {
      var landed = usable(); // perhaps since this caller looked
      var token = landed == null ? ask(mine.deadline()) : landed;
      land(mine);
      mine.outcome().complete(Optional.of(token));
      return Optional.of(token);
    } catch (SessionTokenException | RuntimeException | Error e) {
      land(mine);
      mine.outcome().completeExceptionally(e);
      throw e;
    } finally {
      land(mine);
      mine.outcome().complete(Optional.empty()); // interrupted: somebody else may lead
    }
  }

  /** Before its outcome is known: who has seen a failure must not be given it again. */
  private void land(Flight mine) {
    flight.compareAndSet(mine, null);
  }

  private SessionToken ask(Deadline deadline) throws SessionTokenException, InterruptedException {
    var token = provider.obtain(contexts.apply(deadline));
    held.set(new Held(token, renewal(token)));
    return token;
  }

  /** Waits for the caller who asks; empty if that one gave up and this one should ask. */
  private static Optional<SessionToken> follow(Flight running, Deadline deadline)
      throws SessionTokenException, InterruptedException {
    try {
      return running.outcome().get(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new SessionTokenException.Unreachable(
          "wait for the session token", "time limit reached", "allow more time", e);
    } catch (ExecutionException e) {
      return outlives(running, deadline) ? Optional.empty() : rethrow(e.getCause());
    }
  }

  /** Whether a call failed by a time limit that was not this caller's. */
  private static boolean outlives(Flight running, Deadline deadline) {
    return running.deadline().isOver() && !deadline.isOver();
  }

  private static Optional<SessionToken> rethrow(@Nullable Throwable cause)
      throws SessionTokenException {
    switch (cause) {
      case SessionTokenException e -> throw e;
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case null, default -> throw new IllegalStateException(cause);
    }
  }

  private void renewAhead(Held present, Instant now) {
    var later = new Held(present.token(), now.plus(RENEWAL_INTERVAL));
    if (!held.compareAndSet(present, later)) return; // another caller renews
    Thread.ofVirtual().name("session token renewal").start(() -> renew(later));
  }

  private void renew(Held present) {
    try {
      var token = provider.obtain(contexts.apply(Deadline.in(RENEWAL_LIMIT)));
      held.compareAndSet(present, new Held(token, renewal(token)));
    } catch (SessionTokenException | InterruptedException | RuntimeException | Error e) {
      System.getLogger(SessionTokenSource.class.getName())
          .log(
              System.Logger.Level.DEBUG,
              () -> "the session token was not renewed: " + e.getClass().getName());
    }
  }

  /** When the last tenth of the token's life begins, within bounds. */
  private Instant renewal(SessionToken token) {
    if (token.expiry().isEmpty()) return Instant.MAX;
    var expiry = token.expiry().get();
    var tenth = Duration.between(clock.instant(), expiry).dividedBy(10);
    return expiry.minus(tenth.compareTo(EARLIEST) > 0 ? EARLIEST : tenth);
  }
}
