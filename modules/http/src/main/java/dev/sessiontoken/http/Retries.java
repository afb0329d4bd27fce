package dev.sessiontoken.http;

import dev.sessiontoken.http.tls.TlsFailure;
import dev.sessiontoken.spi.Deadline;
import dev.sessiontoken.spi.SessionTokenException;
import dev.sessiontoken.spi.SessionTokenException.Unreachable;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeoutException;

/**
 * The tries of one request: sends it until an answer or a failure is final.
 *
 * <p>A request is repeated after the statuses of its {@link RetryPolicy}, and after failures that
 * may pass: no connection, a broken connection, a try that took too long. Final are failures of TLS
 * that the next handshake would meet again. A pause is as long as the policy says, or as the answer
 * asks ({@link Answer#retryAfter}) if that is longer; no pause reaches beyond the deadline. For one
 * thread.
 */
final class Retries {
  private final RetryPolicy policy;
  private final Deadline deadline;
  private final Duration limit;
  private final InstantSource clock;
  private final Pause pause;
  private final Trace trace;
  private int tries = 1;
  private boolean isOutOfTime;
  private String refusedWait = "";

  /** Sends the request once, by {@link #tryDeadline()}. */
  interface Attempt {
    Answer send() throws SessionTokenException, InterruptedException;

    /** Returns whether the request may be sent again after this failure of {@link #send}. */
    default boolean mayFollow(Unreachable failure) {
      return true;
    }
  }

  /**
   * The tries of a request that has not been sent yet.
   *
   * @param clock tells how far away a {@code Retry-After} date is
   */
  Retries(RetryPolicy policy, Deadline deadline, InstantSource clock, Pause pause, Trace trace) {
    this.policy = policy;
    this.deadline = deadline;
    this.limit = deadline.remaining();
    this.clock = clock;
    this.pause = pause;
    this.trace = trace;
  }

  /**
   * Sends the request until an answer or a failure is final. Blocks.
   *
   * @return the last answer, whatever its status
   * @throws SessionTokenException the last failure, as the attempt threw it
   * @throws InterruptedException if the calling thread was interrupted
   */
  Answer send(Attempt attempt) throws SessionTokenException, InterruptedException {
    while (true) {
      try {
        var answer = attempt.send();
        if (!pauseBeforeRetry(answer)) return answer;
      } catch (Unreachable e) {
        if (!attempt.mayFollow(e) || !pauseBeforeRetry(e)) throw e;
      }
    }
  }

  /** Returns when the peer must have the request of the present try. */
  Deadline tryDeadline() {
    return deadline.orIn(policy.tryLimit());
  }

  /** Returns how many tries have begun. */
  int tries() {
    return tries;
  }

  /** Returns whether the deadline was too near for a try that the policy would have allowed. */
  boolean isOutOfTime() {
    return isOutOfTime;
  }

  /** Decides whether an answer is followed by another try, and waits until its time has come. */
  private boolean pauseBeforeRetry(Answer answer) throws InterruptedException {
    if (!policy.repeats(answer)) return false;
    var asked = answer.retryAfter(clock.instant());
    if (asked.isPresent() && asked.get().compareTo(deadline.remaining()) >= 0) {
      isOutOfTime = true;
      refusedWait =
          ", and asks to try again in " + asked.get().toSeconds() + " s, beyond the time limit";
      return false;
    }
    var own = policy.pauseAfter(tries);
    var wait = asked.filter(longer -> longer.compareTo(own) > 0).orElse(own);
    return pauseFor(wait, policy.limitAfter(answer.status()), "HTTP " + answer.status());
  }

  /** Decides whether a failure is followed by another try, and waits until its time has come. */
  private boolean pauseBeforeRetry(Unreachable failure) throws InterruptedException {
    return mayPass(failure)
        && pauseFor(policy.pauseAfter(tries), policy.doubtLimit(), failure.problem());
  }

  private static boolean mayPass(Unreachable failure) {
    var cause = failure.getCause();
    return (cause instanceof IOException || cause instanceof TimeoutException)
        && !TlsFailure.isLasting(cause);
  }

  private boolean pauseFor(Duration wait, Duration until, String why) throws InterruptedException {
    boolean isTooLate = spent().plus(wait).compareTo(until) > 0;
    if (tries >= policy.tries() || isTooLate) return false;
    isOutOfTime = wait.compareTo(deadline.remaining()) >= 0;
    if (isOutOfTime) return false;
    tries++;
    trace.tell(why + "; try " + tries + " in " + wait.toMillis() + " ms");
    pause.sleep(wait);
    return true;
  }

  /** Returns what to add to a message about the last answer: empty after one try. */
  String note() {
    return (tries == 1 ? "" : " " + triesAndTime()) + refusedWait;
  }

  /** Returns a failure with the number of tries, and the time that they took, in its problem. */
  Unreachable withTries(Unreachable failure) {
    return tries == 1 ? failure : failure.withProblem(failure.problem() + " " + triesAndTime());
  }

  private String triesAndTime() {
    return "(" + tries + " tries in " + spent().toMillis() + " ms)";
  }

  private Duration spent() {
    return limit.minus(deadline.remaining());
  }
}
