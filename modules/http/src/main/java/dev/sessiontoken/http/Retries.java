package dev.sessiontoken.http;

import dev.sessiontoken.http.tls.UntrustedServerException;
import dev.sessiontoken.spi.Deadline;
import dev.sessiontoken.spi.SessionTokenException.Unreachable;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/**
 * The tries of one call: when to make another, and how long to wait before it.
 *
 * <p>Tried again are connections that were refused or broke, tries that took too long, and the
 * answers 429, 500, 502, 503 and 504: every call of ours is safe to repeat. Waits are random
 * between nothing and 250 ms, doubling with each try ("full jitter"); {@code Retry-After} replaces
 * them where it fits in the deadline. For one thread.
 */
final class Retries {
  private static final int MAX_TRIES = 4;
  private static final Duration FIRST = Duration.ofMillis(250);
  private static final Duration TRY = Duration.ofSeconds(15);
  private static final Set<Integer> PATIENCE = Set.of(429, 500, 502, 503, 504);

  private final int maxTries;
  private final Deadline deadline;
  private final Duration limit;
  private final InstantSource clock;
  private final Pause pause;
  private final Trace trace;
  private int tries = 1;
  private String patience = "";

  Retries(DeploymentSettings settings, Deadline deadline) {
    this(MAX_TRIES, settings, deadline);
  }

  private Retries(int maxTries, DeploymentSettings settings, Deadline deadline) {
    this.maxTries = maxTries;
    this.deadline = deadline;
    this.limit = deadline.remaining();
    this.clock = settings.clock();
    this.pause = settings.pause();
    this.trace = settings.trace();
  }

  /** A single try that may last until the deadline. */
  static Retries none(DeploymentSettings settings, Deadline deadline) {
    return new Retries(1, settings, deadline);
  }

  /** When the present try must have ended. */
  Deadline tryDeadline() {
    return maxTries == 1 ? deadline : deadline.orIn(TRY);
  }

  /** Whether the answer asks for another try that there is time for; if so, it is time for it. */
  boolean another(Answer answer) throws InterruptedException {
    if (!asksForPatience(answer.status())) return false;
    var after = answer.header("Retry-After").flatMap(this::after);
    if (after.isPresent() && after.get().compareTo(deadline.remaining()) >= 0) {
      patience =
          ", and asks to try again in " + after.get().toSeconds() + " s, beyond the time limit";
      return false;
    }
    return tries < maxTries && rest(later(after), "HTTP " + answer.status());
  }

  /** Whether the same request may be answered otherwise a little later. */
  static boolean asksForPatience(int status) {
    return PATIENCE.contains(status);
  }

  /** What to add to a message about the last answer; empty after one try. */
  String note() {
    return (tries == 1 ? "" : " " + spent()) + patience;
  }

  /** Whether the failure is worth another try; if so, it is time for it. */
  boolean another(String step, Unreachable failure) throws InterruptedException {
    return tries < maxTries
        && isWorthIt(failure)
        && rest(jitter(), String.valueOf(failure.getMessage()).substring(step.length() + 2));
  }

  private static boolean isWorthIt(Unreachable failure) {
    var cause = failure.getCause();
    for (var e = cause; e != null; e = e.getCause()) {
      if (e instanceof UntrustedServerException || isHandshake(e)) return false;
    }
    return cause instanceof IOException || cause instanceof TimeoutException;
  }

  /** A handshake that was refused will be again; one that broke off may not. */
  private static boolean isHandshake(Throwable e) {
    String said = String.valueOf(e.getMessage());
    return e instanceof SSLException
        && (said.contains("fatal alert")
            || !(e.getCause() instanceof IOException || said.contains("Remote host ")));
  }

  private boolean rest(Duration wait, String why) throws InterruptedException {
    if (wait.compareTo(deadline.remaining()) >= 0) return false;
    tries++;
    trace.tell(why + "; try " + tries + " in " + wait.toMillis() + " ms");
    pause.sleep(wait);
    return true;
  }

  /** As long as it was asked for, and never at once. */
  private Duration later(Optional<Duration> after) {
    var jitter = jitter();
    return after.filter(asked -> asked.compareTo(jitter) > 0).orElse(jitter);
  }

  private Duration jitter() {
    long ceiling = FIRST.toMillis() << (tries - 1);
    return Duration.ofMillis(ThreadLocalRandom.current().nextLong(ceiling + 1));
  }

  private Optional<Duration> after(String value) {
    String text = value.strip();
    if (text.matches("\\d+")) {
      return Optional.of(
          Duration.ofSeconds(Long.parseLong(text.length() > 9 ? "999999999" : text)));
    }
    return HttpDate.parse(text)
        .map(date -> Duration.between(clock.instant(), date))
        .map(wait -> wait.isNegative() ? Duration.ZERO : wait);
  }

  /** The last failure, with how many tries and how long it took to come to it. */
  Unreachable last(String step, Unreachable failure) {
    if (tries == 1) return failure;
    return new Unreachable(
        step,
        String.valueOf(failure.getMessage()).substring(step.length() + 2) + " " + spent(),
        failure.hint(),
        failure);
  }

  private String spent() {
    return "(" + tries + " tries in " + limit.minus(deadline.remaining()).toMillis() + " ms)";
  }
}
