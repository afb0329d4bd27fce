package dev.sessiontoken.http;

import dev.sessiontoken.spi.SessionTokenException.BadAnswer;
import jakarta.json.JsonString;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How often a request is sent, and how long to wait between two tries. Immutable.
 *
 * @param tries how many tries there are in all; 1 for a request that is not repeated
 * @param tryLimit how long one try may take until the peer has the request; the deadline of the
 *     whole request may end it earlier
 * @param firstPause the pause before the second try; each further pause is twice as long
 * @param isRandom whether each pause is random between zero and that length ("full jitter"), so
 *     that clients that failed together do not come back together
 * @param statuses statuses after which the request is repeated
 * @param repeatsAllOf5xx whether the request is repeated after every status from 500 on as well
 * @param doubtLimit how long after the first try another one may begin for a failure that is not
 *     known to pass: no answer, or a status that is not among {@code statuses}
 */
public record RetryPolicy(
    int tries,
    Duration tryLimit,
    Duration firstPause,
    boolean isRandom,
    Set<Integer> statuses,
    boolean repeatsAllOf5xx,
    Duration doubtLimit) {
  private static final Duration UNLIMITED = Duration.ofSeconds(Long.MAX_VALUE);

  /** A pause that is doubled this often is a day at least; a hundred doublings have no number. */
  private static final int MAX_DOUBLINGS = 20;

  /** A day, in milliseconds. */
  private static final long LONGEST_FIRST_PAUSE = 86_400_000;

  /**
   * Parts of the details with which coderd answers 500 while its database is busy or restarts; the
   * texts are those of PostgreSQL and of Go's driver for it.
   */
  private static final List<String> PASSING =
      List.of(
          "pq: sorry, too many clients",
          "pq: remaining connection slots",
          "pq: the database system is",
          "pq: terminating connection",
          "pq: could not serialize access",
          "pq: deadlock detected",
          "driver: bad connection");

  /**
   * For calls of a deployment, all of which are safe to repeat: 4 tries of 15 s, pauses of up to
   * 250, 500 and 1000 ms.
   *
   * <p>Repeated after 429 (rate limit), 500, 502, 503 and 504: an overloaded or restarting coderd,
   * or a proxy that cannot reach it; after 520 to 524, which Cloudflare sends for the same reasons;
   * after 408, which HAProxy and load balancers send on a connection that was idle; and after 425
   * (RFC 8470), which a server sends if a proxy used TLS early data. Not repeated after
   *
   * <ul>
   *   <li>500 with a message of Coder's API: each try would make coderd ask the OAuth provider
   *       again. Excepted are details that name a busy database;
   *   <li>other statuses from 500 on: 501, 505 and 511 would be answered again, and 525, 526 and
   *       530 (Cloudflare) are errors of certificates and names;
   *   <li>other statuses below 500: they refuse the request for what it is.
   * </ul>
   */
  public static final RetryPolicy DEPLOYMENT =
      new RetryPolicy(
          4,
          Duration.ofSeconds(15),
          Duration.ofMillis(250),
          true,
          Set.of(408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524),
          false,
          UNLIMITED);

  /**
   * For requests that must not be processed twice: as {@link #DEPLOYMENT}, but repeated only after
   * 425 and 429, with which a server says that it has not processed the request.
   */
  static final RetryPolicy UNPROCESSED =
      new RetryPolicy(
          DEPLOYMENT.tries(),
          DEPLOYMENT.tryLimit(),
          DEPLOYMENT.firstPause(),
          DEPLOYMENT.isRandom(),
          Set.of(425, 429),
          false,
          UNLIMITED);

  /** A single try that may last until the deadline. */
  public static final RetryPolicy SINGLE_TRY =
      new RetryPolicy(1, UNLIMITED, Duration.ZERO, false, Set.of(), false, UNLIMITED);

  /**
   * Copies the set.
   *
   * @throws IllegalArgumentException if there is no try, or a negative time
   */
  public RetryPolicy {
    if (tries < 1) throw new IllegalArgumentException("a request has at least one try");
    if (tryLimit.isNegative() || firstPause.isNegative() || doubtLimit.isNegative()) {
      throw new IllegalArgumentException("a time is negative");
    }
    statuses = Set.copyOf(statuses);
  }

  /**
   * Returns this policy with another number of tries: 1 for no repetition.
   *
   * @throws IllegalArgumentException if there is no try
   */
  public RetryPolicy withTries(int tries) {
    return new RetryPolicy(
        tries, tryLimit, firstPause, isRandom, statuses, repeatsAllOf5xx, doubtLimit);
  }

  /** Returns this policy with another limit until which the server must have the request. */
  public RetryPolicy withTryLimit(Duration limit) {
    return new RetryPolicy(
        tries, limit, firstPause, isRandom, statuses, repeatsAllOf5xx, doubtLimit);
  }

  /** Returns this policy with another pause before the second try. */
  public RetryPolicy withFirstPause(Duration pause) {
    return new RetryPolicy(tries, tryLimit, pause, isRandom, statuses, repeatsAllOf5xx, doubtLimit);
  }

  /** Returns this policy with other statuses after which a request is repeated. */
  public RetryPolicy withStatuses(Set<Integer> statuses) {
    return new RetryPolicy(
        tries, tryLimit, firstPause, isRandom, statuses, repeatsAllOf5xx, doubtLimit);
  }

  /** Returns whether a request is repeated after an answer with a status. */
  public boolean repeats(int status) {
    return statuses.contains(status) || (repeatsAllOf5xx && status >= 500);
  }

  /** Returns whether a request is repeated after an answer. */
  boolean repeats(Answer answer) {
    return repeats(answer.status()) && (repeatsAllOf5xx || !isFinalWord(answer));
  }

  /** Returns whether the API itself says that it failed, for a reason that is not known to pass. */
  private static boolean isFinalWord(Answer answer) {
    if (answer.status() != 500 || !answer.mediaType().equals("application/json")) return false;
    try {
      boolean hasMessage = answer.json().get("message") instanceof JsonString;
      return hasMessage && PASSING.stream().noneMatch(answer.text()::contains);
    } catch (BadAnswer e) {
      return false; // broken JSON: not the API's, or cut short by a restart
    }
  }

  /** Returns until when another try may begin after an answer with a status. */
  Duration limitAfter(int status) {
    return statuses.contains(status) ? UNLIMITED : doubtLimit;
  }

  /** Returns how long to wait after a number of tries, at least 1. */
  Duration pauseAfter(int tries) {
    int doublings = Math.min(tries - 1, MAX_DOUBLINGS);
    long longest = Math.min(firstPause.toMillis(), LONGEST_FIRST_PAUSE) << doublings;
    return Duration.ofMillis(
        isRandom ? ThreadLocalRandom.current().nextLong(longest + 1) : longest);
  }
}
