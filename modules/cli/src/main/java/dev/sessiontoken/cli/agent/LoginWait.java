package dev.sessiontoken.cli.agent;

import dev.sessiontoken.client.ApiException;
import dev.sessiontoken.client.ExternalAuth;
import dev.sessiontoken.client.UnknownProviderException;
import dev.sessiontoken.http.NoAnswerYetException;
import dev.sessiontoken.http.Pause;
import dev.sessiontoken.spi.Deadline;
import dev.sessiontoken.spi.SessionTokenException;
import dev.sessiontoken.spi.SessionTokenException.BadAnswer;
import dev.sessiontoken.spi.SessionTokenException.Unreachable;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Polls whether the user has logged in, until the deadline.
 *
 * <p>A poll without a usable answer is followed by the next: proxies cut calls that take long. A
 * refusal ends the wait. Pauses grow as the original's do, and are as long as the last answer asks
 * ({@code Retry-After}) if that is longer. The user is known not to have logged in only if the last
 * poll was held back or answered so; otherwise the wait ends with the failure of that poll. For one
 * thread.
 */
final class LoginWait {
  private static final Duration POLL = Duration.ofSeconds(30);
  private static final Duration FIRST = Duration.ofMillis(404);
  private static final Duration LONGEST = Duration.ofSeconds(10);

  private final Deadline deadline;
  private final Pause pause;
  private boolean isKnown;
  private @Nullable SessionTokenException failure;

  /**
   * A wait that has not begun.
   *
   * @param deadline end of the wait
   * @param pause waits between polls
   */
  LoginWait(Deadline deadline, Pause pause) {
    this.deadline = deadline;
    this.pause = pause;
  }

  /** One call that the deployment answers once the user has logged in. */
  interface Poll {
    ExternalAuth ask(Deadline deadline)
        throws UnknownProviderException, SessionTokenException, InterruptedException;
  }

  /**
   * Returns the account; empty if the user did not log in before the deadline.
   *
   * @throws Unreachable if the last poll brought no answer, so that it is not known whether the
   *     user has logged in
   */
  Optional<ExternalAuth.Linked> until(Poll poll)
      throws UnknownProviderException, SessionTokenException, InterruptedException {
    var next = FIRST;
    while (!deadline.isOver()) {
      var linked = ask(poll);
      if (linked.isPresent()) return linked;
      pause.sleep(shorter(longer(next, asked()), deadline.remaining()));
      next = shorter(next.multipliedBy(1618).dividedBy(1000), LONGEST);
    }
    if (failure != null) throw unknown(failure, "");
    return Optional.empty();
  }

  private Optional<ExternalAuth.Linked> ask(Poll poll)
      throws UnknownProviderException, SessionTokenException, InterruptedException {
    try {
      var account = poll.ask(deadline.orIn(POLL));
      notYet();
      return account instanceof ExternalAuth.Linked linked ? Optional.of(linked) : Optional.empty();
    } catch (Unreachable | BadAnswer e) {
      note(e);
      return Optional.empty();
    }
  }

  private void notYet() {
    isKnown = true;
    failure = null;
  }

  private void note(SessionTokenException e) {
    if (cause(e, NoAnswerYetException.class) != null) notYet(); // the answer is held back
    else if (!isCutByTheEnd(e)) failure = e;
  }

  /**
   * The last poll may have had no time to connect: what the polls before it showed still counts.
   */
  private boolean isCutByTheEnd(SessionTokenException e) {
    boolean isFirst = !isKnown && failure == null;
    return !isFirst && deadline.isOver() && cause(e, TimeoutException.class) != null;
  }

  /**
   * Returns how long the last poll's answer asks to wait.
   *
   * @throws Unreachable if that is longer than the wait
   */
  private Duration asked() throws Unreachable {
    if (failure == null) return Duration.ZERO;
    var refusal = cause(failure, ApiException.class);
    var asked = Optional.ofNullable(refusal).flatMap(ApiException::retryAfter);
    if (asked.isEmpty()) return Duration.ZERO;
    if (asked.get().compareTo(deadline.remaining()) < 0) return asked.get();
    throw unknown(
        failure,
        ", and asks to try again in "
            + asked.get().toSeconds()
            + " s, beyond the wait for the login");
  }

  private static Unreachable unknown(SessionTokenException failure, String more) {
    return new Unreachable(
        failure.step(),
        "whether the user has logged in is not known: " + failure.problem() + more,
        failure.hint(),
        failure);
  }

  private static <T extends Throwable> @Nullable T cause(Throwable failure, Class<T> type) {
    for (Throwable e = failure; e != null; e = e.getCause())
      if (type.isInstance(e)) return type.cast(e);
    return null;
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? other : one;
  }
}
