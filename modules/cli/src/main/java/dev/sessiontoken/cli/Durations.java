package dev.sessiontoken.cli;

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
    if (!text.matches("(\\d{1,9}(\\.\\d{1,6})?(ms|[smh]))+") || text.length() > MAX_LENGTH)
      throw wrong(flag);
    var sum = Duration.ZERO;
    var parts = Pattern.compile("([\\d.]+)(ms|[smh])").matcher(text);
    while (parts.find()) sum = sum.plus(part(parts.group(1), parts.group(2)));
    if (sum.isZero()) throw wrong(flag);
    return sum.compareTo(MAX) > 0 ? MAX : sum;
  }

  /** In whole numbers: the classes for decimal ones would cost 28 ms of start-up. */
  private static Duration part(String amount, String unit) {
    var one =
        switch (unit) {
          case "ms" -> Duration.ofMillis(1);
          case "s" -> Duration.ofSeconds(1);
          case "m" -> Duration.ofMinutes(1);
          default -> Duration.ofHours(1);
        };
    int point = amount.indexOf('.');
    long whole = Long.parseLong(point < 0 ? amount : amount.substring(0, point));
    var sum = Duration.ofMillis(Math.min(whole, MAX.toMillis()) * one.toMillis());
    if (point < 0) return sum;
    String digits = (amount.substring(point + 1) + "000000").substring(0, 6);
    return sum.plusNanos(one.toNanos() * Long.parseLong(digits) / 1_000_000);
  }

  private static UsageException wrong(Flag flag) {
    return new UsageException(
        (flag.variable().isEmpty()
                ? flag.name() + " wants"
                : flag.name() + " and " + flag.variable() + " want")
            + " a duration such as 500ms, 10s or 2m");
  }
}
