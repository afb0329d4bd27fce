package dev.sessiontoken.http;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Reads how long an answer asks to wait: see {@link Answer#retryAfter}. */
final class RetryAfter {
  /** Seconds that a longer number stands for: 31 years. */
  private static final String VERY_LONG = "999999999";

  /** Unix seconds of the year 2001: a smaller number is no time, other servers send seconds. */
  private static final long EARLIEST = 1_000_000_000;

  private RetryAfter() {}

  static Optional<Duration> of(Answer answer, Instant now) {
    var asked = answer.header("Retry-After").map(String::strip).flatMap(text -> wait(text, now));
    if (answer.status() != 429) return asked;
    var date = answer.date().orElse(now);
    var reset = answer.header("X-Ratelimit-Reset").flatMap(text -> untilReset(text, date));
    if (reset.isEmpty()) return asked;
    return asked.filter(wait -> wait.compareTo(reset.get()) < 0).or(() -> reset);
  }

  private static Optional<Duration> wait(String text, Instant now) {
    if (isNumber(text)) return Optional.of(Duration.ofSeconds(number(text)));
    return HttpDate.parse(text)
        .map(date -> Duration.between(now, date))
        .map(wait -> wait.isNegative() ? Duration.ZERO : wait);
  }

  private static Optional<Duration> untilReset(String text, Instant date) {
    if (!isNumber(text) || text.length() > 12 || Long.parseLong(text) < EARLIEST) {
      return Optional.empty();
    }
    return Optional.of(Duration.between(date, Instant.ofEpochSecond(Long.parseLong(text))))
        .filter(wait -> !wait.isNegative());
  }

  private static boolean isNumber(String text) {
    return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private static long number(String text) {
    return Long.parseLong(text.length() > VERY_LONG.length() ? VERY_LONG : text);
  }
}
