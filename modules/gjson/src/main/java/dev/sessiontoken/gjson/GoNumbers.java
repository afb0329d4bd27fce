package dev.sessiontoken.gjson;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Parses and formats numbers as Go's {@code strconv} and {@code encoding/json} do. */
final class GoNumbers {
  private GoNumbers() {}

  /** Parses as Go's {@code strconv.ParseFloat(text, 64)}; returns 0 if the text is not a number. */
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
    boolean hasDigits = whole > start || end > whole + 1;
    if (hasDigits && end < text.length() && (text.charAt(end) | 0x20) == 'e') {
      start = sign(text, end + 1);
      end = digits(text, start);
      hasDigits = end > start;
    }
    return hasDigits && end == text.length();
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
    boolean hasDigits = whole > i + 2 || end > whole + 1;
    if (!hasDigits || end >= text.length() || (text.charAt(end) | 0x20) != 'p') {
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

  /** Formats without an exponent: Go's {@code strconv.FormatFloat(number, 'f', -1, 64)}. */
  static String plain(double number) {
    if (Double.isNaN(number)) {
      return "NaN";
    }
    if (Double.isInfinite(number)) {
      return number > 0 ? "+Inf" : "-Inf";
    }
    return number == 0 ? zero(number) : shortest(number).toPlainString();
  }

  /** Formats as Go's {@code encoding/json}: with an exponent below 1e-6 and from 1e21 on. */
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

  /**
   * Returns the shortest decimal that parses to the same double. {@code Double.toString} has at
   * least two digits (2.0E-3), also where one is enough.
   */
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
