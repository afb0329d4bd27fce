package dev.sessiontoken.cli;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.regex.Pattern;

/** Reads durations as people write them on command lines. */
final class Durations {
  private static final int MAX_LENGTH = 40;
  private static final Duration MAX = Duration.ofDays(365); // nobody waits longer

  private Durations() {}

  /**
   * A sum of numbers, each with its unit: {@code 500ms}, {@code 1.5s}, {@code 1m30s}.
   *
   * @param flag who asks, for the message
   * @throws UsageException if it is none, or not more than zero
   */
  static Duration parse(Flag flag, String text) {
    if (!text.matches("(\\d{1,9}(\\.\\d{1,9})?(ms|[smh]))+") || text.length() > MAX_LENGTH)
      throw wrong(flag);
    var sum = Duration.ZERO;
    var parts = Pattern.compile("([\\d.]+)(ms|[smh])").matcher(text);
    while (parts.find()) sum = sum.plus(part(new BigDecimal(parts.group(1)), parts.group(2)));
    if (sum.isZero()) throw wrong(flag);
    return sum.compareTo(MAX) > 0 ? MAX : sum;
  }

  private static Duration part(BigDecimal amount, String unit) {
    var one =
        switch (unit) {
          case "ms" -> Duration.ofMillis(1);
          case "s" -> Duration.ofSeconds(1);
          case "m" -> Duration.ofMinutes(1);
          default -> Duration.ofHours(1);
        };
    var nanos = amount.multiply(BigDecimal.valueOf(one.toNanos()));
    return Duration.ofNanos(nanos.min(BigDecimal.valueOf(MAX.toNanos())).longValue());
  }

  private static UsageException wrong(Flag flag) {
    return new UsageException(
        (flag.variable().isEmpty()
                ? flag.name() + " wants"
                : flag.name() + " and " + flag.variable() + " want")
            + " a duration such as 500ms, 10s or 2m");
  }
}
