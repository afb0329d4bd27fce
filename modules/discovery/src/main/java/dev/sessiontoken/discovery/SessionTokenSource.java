package dev.sessiontoken.discovery;

import dev.sessiontoken.spi.ClientClosedException;
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
 * Keeps the token of one provider for any number of callers: obtains it once, keeps it until it is
 * refused or expires, and renews it before it expires.
 *
 * <ul>
 *   <li>If several platform or virtual threads find no token, the provider is called once, on the
 *       thread of the first of them. If that call fails, all of them get the same exception, and
 *       the next caller tries again.
 *   <li>A token with an expiry is renewed on a virtual thread as soon as a tenth of its life is
 *       left, or five minutes if that is less. Callers get the present token meanwhile and do not
 *       wait. If renewing fails, it is tried again when a caller comes, at most every ten seconds,
 *       and callers get the present token until it expires.
 *   <li>A token that has expired or was refused is not returned again. A token that the provider
 *       has just returned is returned once, whatever its expiry: this machine's clock may be wrong.
 * </ul>
 *
 * <p>{@link #close(Duration)} ends the renewals and forgets the token. A source that is not closed
 * leaves nothing behind but a renewal under way. Safe for any number of threads.
 */
public final class SessionTokenSource implements AutoCloseable {
  private static final Duration CLOSING = Duration.ofSeconds(5);
  private static final Duration RENEWAL_LIMIT = Duration.ofSeconds(30);
  private static final Duration RENEWAL_INTERVAL = Duration.ofSeconds(10);
  private static final Duration EARLIEST = Duration.ofMinutes(5);

  private final SessionTokenProvider provider;
  private final Function<Deadline, ProviderContext> contexts;
  private final InstantSource clock;

  private final AtomicReference<@Nullable Held> held = new AtomicReference<>();
  private final AtomicReference<@Nullable Flight> flight = new AtomicReference<>();
  private volatile @Nullable Thread renewal;
  private volatile boolean isClosed;

  /** A token, and the instant from which it is to be renewed. */
  private record Held(SessionToken token, Instant renewal) {

    boolean isUsableAt(Instant now) {
      return token.expiry().map(now::isBefore).orElse(true);
    }

    boolean isDueAt(Instant now) {
      return !now.isBefore(renewal);
    }
  }

  /**
   * One call of the provider, for which other callers wait.
   *
   * @param deadline of the caller that calls the provider
   * @param caller that caller's thread
   * @param outcome the token or the exception; empty if that caller was interrupted
   */
  private record Flight(
      Deadline deadline, Thread caller, CompletableFuture<Optional<SessionToken>> outcome) {}

  /**
   * Creates a source without a token; does not call the provider yet.
   *
   * @param provider obtains the tokens
   * @param contexts makes the context for one call of the provider, which ends by the given
   *     deadline
   * @param clock the time of day, to compare with expiries; {@link InstantSource#system()} outside
   *     tests
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
   * Returns the token. Does not block if there is one; else calls the provider, or waits for
   * another caller's call of it, until the deadline at most.
   *
   * @param deadline when this caller must have an answer
   * @return a token that is not known to be expired or refused, never null
   * @throws SessionTokenException what the provider threw; or {@link
   *     SessionTokenException.Unreachable} if another caller's call has not ended by the deadline
   * @throws BrokenProviderException if a dropped-in provider breaks its contract; what else a
   *     provider throws against its contract is passed on as it is
   * @throws ClientClosedException if this source is closed, or was closed meanwhile
   * @throws InterruptedException if the calling thread was interrupted; other callers go on waiting
   */
  public SessionToken get(Deadline deadline) throws SessionTokenException, InterruptedException {
    while (true) {
      if (isClosed) throw closed();
      var present = usable();
      if (present != null) return present;
      var mine = new Flight(deadline, Thread.currentThread(), new CompletableFuture<>());
      var running = flight.compareAndExchange(null, mine);
      var token = running == null ? lead(mine) : follow(running, deadline);
      if (token.isPresent()) return token.get();
    }
  }

  /**
   * Forgets a token that the deployment has refused, if it is the one that is kept. Does not block.
   *
   * @return whether calling {@link #get} again may return another token
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

  /** Calls the provider on this thread, and completes the outcome for callers that wait. */
  private Optional<SessionToken> lead(Flight mine)
      throws SessionTokenException, InterruptedException {
    try {
      // another caller may have stored a token between our look and our winning the flight
      var landed = usable();
      if (isClosed) throw closed(); // close has not seen this call and does not wait for it
      var token = landed == null ? ask(mine.deadline()) : landed;
      land(mine);
      if (!mine.outcome().complete(Optional.of(token))) throw closed();
      return Optional.of(token);
    } catch (SessionTokenException | RuntimeException | Error e) {
      land(mine);
      mine.outcome().completeExceptionally(e);
      throw e;
    } finally {
      land(mine);
      mine.outcome().complete(Optional.empty()); // interrupted: a caller that waits takes over
    }
  }

  /**
   * Makes room for the next call of the provider. Before the outcome is completed: a caller that
   * has got this failure and tries again must not get it a second time.
   */
  private void land(Flight mine) {
    flight.compareAndSet(mine, null);
  }

  private SessionToken ask(Deadline deadline) throws SessionTokenException, InterruptedException {
    var token = provider.obtain(contexts.apply(deadline));
    held.set(new Held(token, renewal(token)));
    if (isClosed) held.set(null);
    return token;
  }

  /**
   * Waits for another caller's call of the provider.
   *
   * @return empty if that caller gave up, and this one is to call the provider
   */
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

  /** Whether the other caller's deadline is over, and this caller's is not. */
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
    var thread = Thread.ofVirtual().name("sessiontoken-renewal").unstarted(() -> renew(later));
    renewal = thread;
    if (!isClosed) thread.start();
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

  /** Returns the instant at which a tenth of the token's life is left, or {@link #EARLIEST}. */
  private Instant renewal(SessionToken token) {
    if (token.expiry().isEmpty()) return Instant.MAX;
    var expiry = token.expiry().get();
    var tenth = Duration.between(clock.instant(), expiry).dividedBy(10);
    return expiry.minus(tenth.compareTo(EARLIEST) > 0 ? EARLIEST : tenth);
  }

  private static ClientClosedException closed() {
    return new ClientClosedException("get the session token: the source of tokens is closed", null);
  }

  /** Closes this source as {@link #close(Duration)} does, with a limit of five seconds. */
  @Override
  public void close() {
    close(CLOSING);
  }

  /**
   * Refuses further calls of {@link #get} from now on, forgets the token and interrupts a renewal
   * that is under way. Blocks until a call of the provider that is under way has ended, for the
   * limit at most: then callers that wait for another caller's token get a {@link
   * ClientClosedException}. The provider itself runs on the thread of its caller, which is not
   * interrupted. An interrupt of the calling thread ends the limit, and stays set. May be called
   * again, by any thread, and within a call of the provider, which is not waited for then.
   *
   * @param limit how long to wait; zero or negative for not at all
   */
  public void close(Duration limit) {
    isClosed = true;
    held.set(null);
    var renewing = renewal;
    if (renewing != null) renewing.interrupt();
    var running = flight.get();
    if (running == null) return;
    if (running.caller() != Thread.currentThread()) await(running, limit);
    running.outcome().completeExceptionally(closed());
  }

  private static void await(Flight running, Duration limit) {
    try {
      running.outcome().get(TimeUnit.NANOSECONDS.convert(limit), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      return; // the caller of the provider reports the failure
    }
  }
}
