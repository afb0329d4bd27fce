package dev.sessiontoken.gjson;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Numbers, read and written as Go does. */
final class Decimals {
  private Decimals() {}

  /** What Go's {@code ParseFloat} makes of it: 0 if it is no number. */
  static double parse(String text) {
    if (isDecimal(text) || isHexadecimal(text)) {
      return Double.parseDouble(text);
    }
    int sign = !text.isEmpty() && (text.charAt(0) == '-' || text.charAt(0) == '+') ? 1 : 0;
    var word = text.substring(sign);
    if (word.equalsIgnoreCase("inf") || word.equalsIgnoreCase("infinity")) {
      return text.charAt(0) == '-' ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    return text.equalsIgnoreCase("nan") ? Double.NaN : 0;
  }

  private static boolean isDecimal(String text) {
    int start = sign(text, 0);
    int whole = digits(text, start);
    int end = whole;
    if (end < text.length() && text.charAt(end) == '.') {
      end = digits(text, end + 1);
    }
    boolean some = whole > start || end > whole + 1;
    if (some && end < text.length() && (text.charAt(end) | 0x20) == 'e') {
      start = sign(text, end + 1);
      end = digits(text, start);
      some = end > start;
    }
    return some && end == text.length();
  }

  private static int sign(String text, int i) {
    return i < text.length() && (text.charAt(i) == '-' || text.charAt(i) == '+') ? i + 1 : i;
  }

  private static int digits(String text, int i) {
    while (i < text.length() && text.charAt(i) >= '0' && text.charAt(i) <= '9') {
      i++;
    }
    return i;
  }

  private static boolean isHexadecimal(String text) {
    int i = sign(text, 0);
    if (!text.regionMatches(true, i, "0x", 0, 2)) {
      return false;
    }
    int whole = hexDigits(text, i + 2);
    int end = whole;
    if (end < text.length() && text.charAt(end) == '.') {
      end = hexDigits(text, end + 1);
    }
    boolean some = whole > i + 2 || end > whole + 1;
    if (!some || end >= text.length() || (text.charAt(end) | 0x20) != 'p') {
      return false;
    }
    int exponent = sign(text, end + 1);
    return exponent < text.length() && digits(text, exponent) == text.length();
  }

  private static int hexDigits(String text, int i) {
    while (i < text.length() && text.charAt(i) < 0x80 && Character.digit(text.charAt(i), 16) >= 0) {
      i++;
    }
    return i;
  }

  /** Without an exponent, however long: Go's format {@code 'f', -1}. */
  static String plain(double number) {
    if (Double.isNaN(number)) {
      return "NaN";
    }
    if (Double.isInfinite(number)) {
      return number > 0 ? "+Inf" : "-Inf";
    }
    return number == 0 ? zero(number) : shortest(number).toPlainString();
  }

  /** As Go's {@code encoding/json} writes it. */
  static String json(double number) {
    double size = Math.abs(number);
    if (size == 0) {
      return zero(number);
    }
    var shortest = shortest(number);
    return size < 1e-6 || size >= 1e21 ? scientific(shortest) : shortest.toPlainString();
  }

  private static String zero(double number) {
    return 1 / number < 0 ? "-0" : "0";
  }

  private static String scientific(BigDecimal number) {
    var digits = number.unscaledValue().abs().toString();
    int exponent = digits.length() - 1 - number.scale();
    return (number.signum() < 0 ? "-" : "")
        + digits.charAt(0)
        + (digits.length() > 1 ? "." + digits.substring(1) : "")
        + (exponent < 0 ? "e" : "e+")
        + exponent;
  }

  /** The fewest digits that read back the same; the JDK's own form has two where one would do. */
  private static BigDecimal shortest(double number) {
    var exact = new BigDecimal(Double.toString(number)).stripTrailingZeros();
    if (exact.precision() == 2) {
      var shorter = exact.round(new MathContext(1, RoundingMode.HALF_EVEN));
      if (shorter.doubleValue() == number) {
        exact = shorter.stripTrailingZeros();
      }
    }
    return exact;
  }
}
