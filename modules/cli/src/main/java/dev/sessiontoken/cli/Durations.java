package dev.sessiontoken.cli;

import java.time.Duration;
import java.util.regex.Pattern;

/** Reads durations as people write them on command lines. */
final class Durations {
  private static final int MAX_LENGTH = 40;
  private static final Duration MAX = Duration.ofDays(365); // nobody waits longer

  private Durations() {}

  /**
   * A sum of whole numbers, each with its unit: {@code 500ms}, {@code 10s}, {@code 1m30s}.
   *
   * @param flag who asks, for the message
   * @throws UsageException if it is none, or not more than zero
   */
  static Duration parse(Flag flag, String text) {
    if (!text.matches("(\\d{1,9}(ms|[smh]))+") || text.length() > MAX_LENGTH) throw wrong(flag);
    var sum = Duration.ZERO;
    var parts = Pattern.compile("(\\d+)(ms|[smh])").matcher(text);
    while (parts.find()) sum = sum.plus(part(Long.parseLong(parts.group(1)), parts.group(2)));
    if (sum.isZero()) throw wrong(flag);
    return sum.compareTo(MAX) > 0 ? MAX : sum;
  }

  private static Duration part(long amount, String unit) {
    return switch (unit) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      default -> Duration.ofHours(amount);
    };
  }

  private static UsageException wrong(Flag flag) {
    return new UsageException(
        (flag.variable().isEmpty()
                ? flag.name() + " wants"
                : flag.name() + " and " + flag.variable() + " want")
            + " a duration such as 500ms, 10s or 2m");
  }
}
