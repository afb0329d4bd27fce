package dev.sessiontoken.http;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How often a request is sent, and how long to wait between two tries. Immutable.
 *
 * @param tries how many tries there are in all; 1 for a request that is not repeated
 * @param tryLimit how long one try may take, connecting included; the deadline of the whole request
 *     may end it earlier
 * @param firstPause the pause before the second try; each further pause is twice as long
 * @param isRandom whether each pause is random between zero and that length ("full jitter"), so
 *     that clients that failed together do not come back together
 * @param statuses statuses after which the request is repeated
 * @param repeatsAllOf5xx whether the request is repeated after every status from 500 on as well
 */
public record RetryPolicy(
    int tries,
    Duration tryLimit,
    Duration firstPause,
    boolean isRandom,
    Set<Integer> statuses,
    boolean repeatsAllOf5xx) {

  /**
   * For calls of a deployment, all of which are safe to repeat: 4 tries of 15 s, pauses of up to
   * 250, 500 and 1000 ms.
   *
   * <p>Repeated after 429 (rate limit), 500, 502, 503 and 504: an overloaded or restarting coderd,
   * or a proxy that cannot reach it. Not repeated after
   *
   * <ul>
   *   <li>other statuses from 500 on: 501, 505 and 511 would be answered again;
   *   <li>408: the server waited in vain for a request that is sent at once;
   *   <li>425 (RFC 8470): answers TLS early data, which the JDK's client does not send;
   *   <li>other statuses below 500: they refuse the request for what it is.
   * </ul>
   */
  public static final RetryPolicy DEPLOYMENT =
      new RetryPolicy(
          4,
          Duration.ofSeconds(15),
          Duration.ofMillis(250),
          true,
          Set.of(429, 500, 502, 503, 504),
          false);

  /** A single try that may last until the deadline. */
  public static final RetryPolicy SINGLE_TRY =
      new RetryPolicy(1, Duration.ofSeconds(Long.MAX_VALUE), Duration.ZERO, false, Set.of(), false);

  /** Copies the set. */
  public RetryPolicy {
    statuses = Set.copyOf(statuses);
  }

  /** Returns whether a request is repeated after an answer with a status. */
  public boolean repeats(int status) {
    return statuses.contains(status) || (repeatsAllOf5xx && status >= 500);
  }

  /** Returns how long to wait after a number of tries, at least 1. */
  Duration pauseAfter(int tries) {
    long longest = firstPause.toMillis() << (tries - 1);
    return Duration.ofMillis(
        isRandom ? ThreadLocalRandom.current().nextLong(longest + 1) : longest);
  }
}
