package dev.sessiontoken.cli.args;

import java.time.Duration;

/**
 * Parses durations such as {@code 1m30s}. By hand: the classes of regular expressions would be
 * loaded for nothing else in a usual call.
 */
public final class Durations {
  private static final int MAX_LENGTH = 40;
  private static final Duration MAX = Duration.ofDays(365); // larger values are cut to this

  private Durations() {}

  /**
   * Parses a sum of numbers, each with its unit: {@code 500ms}, {@code 1.5s}, {@code 1m30s}.
   *
   * @param flag the flag with this value, for the message
   * @throws UsageException if the text is no duration, or zero
   */
  public static Duration parse(Flag flag, String text) {
    if (text.isEmpty() || text.length() > MAX_LENGTH) throw wrong(flag);
    var sum = Duration.ZERO;
    for (int at = 0; at < text.length(); ) {
      int unit = endOf(text, at, "0123456789.");
      int next = endOf(text, unit, "hms");
      var amount = text.substring(at, unit);
      if (!isAmount(amount)) throw wrong(flag);
      sum = sum.plus(part(amount, unit(flag, text.substring(unit, next))));
      at = next;
    }
    if (sum.isZero()) throw wrong(flag);
    return sum.compareTo(MAX) > 0 ? MAX : sum;
  }

  private static int endOf(String text, int from, String characters) {
    int end = from;
    while (end < text.length() && characters.indexOf(text.charAt(end)) >= 0) end++;
    return end;
  }

  /** Accepts up to nine digits, with up to six decimals. */
  private static boolean isAmount(String amount) {
    int point = amount.indexOf('.');
    int digits = point < 0 ? amount.length() : point;
    int decimals = point < 0 ? 1 : amount.length() - point - 1;
    return digits >= 1
        && digits <= 9
        && decimals >= 1
        && decimals <= 6
        && amount.indexOf('.', point + 1) < 0;
  }

  /** Computes in whole numbers: the classes of BigDecimal would cost 28 ms of start-up. */
  private static Duration part(String amount, Duration one) {
    int point = amount.indexOf('.');
    long whole = Long.parseLong(point < 0 ? amount : amount.substring(0, point));
    var sum = Duration.ofMillis(Math.min(whole, MAX.toMillis()) * one.toMillis());
    if (point < 0) return sum;
    String digits = (amount.substring(point + 1) + "000000").substring(0, 6);
    return sum.plusNanos(one.toNanos() * Long.parseLong(digits) / 1_000_000);
  }

  private static Duration unit(Flag flag, String unit) {
    return switch (unit) {
      case "ms" -> Duration.ofMillis(1);
      case "s" -> Duration.ofSeconds(1);
      case "m" -> Duration.ofMinutes(1);
      case "h" -> Duration.ofHours(1);
      default -> throw wrong(flag);
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
