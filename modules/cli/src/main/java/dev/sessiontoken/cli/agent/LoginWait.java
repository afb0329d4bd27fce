package dev.sessiontoken.cli.agent;

import dev.sessiontoken.client.ExternalAuth;
import dev.sessiontoken.client.UnknownProviderException;
import dev.sessiontoken.http.Pause;
import dev.sessiontoken.spi.Deadline;
import dev.sessiontoken.spi.SessionTokenException;
import dev.sessiontoken.spi.SessionTokenException.BadAnswer;
import dev.sessiontoken.spi.SessionTokenException.Unreachable;
import java.time.Duration;
import java.util.Optional;

/**
 * Polls whether the user has logged in, until the deadline.
 *
 * <p>A poll without a usable answer is followed by the next: proxies cut calls that take long. A
 * refusal ends the wait. Pauses grow as the original's do.
 *
 * @param deadline end of the wait
 * @param pause waits between polls
 */
record LoginWait(Deadline deadline, Pause pause) {
  private static final Duration POLL = Duration.ofSeconds(30);
  private static final Duration FIRST = Duration.ofMillis(404);
  private static final Duration LONGEST = Duration.ofSeconds(10);

  /** One call that the deployment answers once the user has logged in. */
  interface Poll {
    ExternalAuth ask(Deadline deadline)
        throws UnknownProviderException, SessionTokenException, InterruptedException;
  }

  /** Returns the account; empty if the user did not log in before the deadline. */
  Optional<ExternalAuth.Linked> until(Poll poll)
      throws UnknownProviderException, SessionTokenException, InterruptedException {
    var next = FIRST;
    while (!deadline.isOver()) {
      var linked = ask(poll);
      if (linked.isPresent()) return linked;
      pause.sleep(shorter(next, deadline.remaining()));
      next = shorter(next.multipliedBy(1618).dividedBy(1000), LONGEST);
    }
    return Optional.empty();
  }

  private Optional<ExternalAuth.Linked> ask(Poll poll)
      throws UnknownProviderException, SessionTokenException, InterruptedException {
    try {
      var account = poll.ask(deadline.orIn(POLL));
      return account instanceof ExternalAuth.Linked linked ? Optional.of(linked) : Optional.empty();
    } catch (Unreachable | BadAnswer e) {
      return Optional.empty();
    }
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
