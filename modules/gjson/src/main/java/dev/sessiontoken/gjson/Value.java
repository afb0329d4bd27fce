package dev.sessiontoken.gjson;

import java.util.Locale;

/**
 * A value found in a JSON text: the original's {@code gjson.Result}.
 *
 * @param kind the type; objects and arrays are both {@link Kind#JSON}
 * @param raw the value as written in the text; empty for {@link #MISSING}
 * @param text the unescaped content of a string; empty for other kinds
 * @param number the nearest double of a number; 0 for other kinds
 */
record Value(Kind kind, String raw, String text, double number) {
  /** The original's {@code gjson.Type}, in its order, by which {@code @pretty} sorts. */
  enum Kind {
    NULL,
    FALSE,
    NUMBER,
    STRING,
    TRUE,
    JSON
  }

  /** The value of a path that finds nothing. */
  static final Value MISSING = new Value(Kind.NULL, "", "", 0);

  static Value json(String raw) {
    return new Value(Kind.JSON, raw, "", 0);
  }

  /** Returns the value that the characters {@code from} to {@code to} of the text are. */
  static Value in(String json, int from, int to) {
    var raw = JsonScanner.cut(json, from, to);
    return switch (raw.charAt(0)) {
      case '{', '[' -> json(raw);
      case '"' -> string(raw, raw.substring(1, raw.length() - 1));
      case 't' -> new Value(Kind.TRUE, raw, "", 0);
      case 'f' -> new Value(Kind.FALSE, raw, "", 0);
      case 'n' ->
          JsonScanner.startsNan(json, from) ? number(raw) : new Value(Kind.NULL, raw, "", 0);
      default -> number(raw);
    };
  }

  static Value number(String raw) {
    return new Value(Kind.NUMBER, raw, "", GoNumbers.parse(raw));
  }

  private static Value string(String raw, String quoted) {
    boolean escaped = quoted.indexOf('\\') >= 0;
    return new Value(Kind.STRING, raw, escaped ? GoStrings.unescape(quoted) : quoted, 0);
  }

  /**
   * Returns the first value of a text; {@link #MISSING} if the text does not begin with one. As in
   * the original, an object or array includes the rest of the text.
   */
  static Value parse(String json) {
    int start = 0;
    while (start < json.length() && json.charAt(start) <= ' ') {
      start++;
    }
    if (start == json.length() || JsonScanner.valueStart(json, start) != start) {
      return MISSING;
    }
    return switch (json.charAt(start)) {
      case '{', '[' -> json(json.substring(start));
      case '"' -> parseString(json, start);
      default -> in(json, start, JsonScanner.valueEnd(json, start));
    };
  }

  private static Value parseString(String json, int start) {
    int end = JsonScanner.stringEnd(json, start);
    return end < 0
        ? string(json.substring(start), json.substring(start + 1))
        : in(json, start, end);
  }

  boolean exists() {
    return kind != Kind.NULL || !raw.isEmpty();
  }

  boolean isObject() {
    return kind == Kind.JSON && raw.startsWith("{");
  }

  boolean isArray() {
    return kind == Kind.JSON && raw.startsWith("[");
  }

  /** Returns the value as text: the original's {@code Result.String()}. */
  String string() {
    return switch (kind) {
      case NULL -> "";
      case FALSE -> "false";
      case TRUE -> "true";
      case STRING -> text;
      case JSON -> raw;
      case NUMBER -> isWhole() ? raw : GoNumbers.plain(number);
    };
  }

  private boolean isWhole() {
    int start = raw.startsWith("-") ? 1 : 0;
    for (int i = start; i < raw.length(); i++) {
      if (raw.charAt(i) < '0' || raw.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }

  /** Returns the value as a boolean: the original's {@code Result.Bool()}. */
  boolean asFlag() {
    return switch (kind) {
      case TRUE -> true;
      case STRING -> isWord(text, "1", "t", "true");
      case NUMBER -> number != 0;
      default -> false;
    };
  }

  /** Returns the value as an integer: the original's {@code Result.Int()}. */
  long asInteger() {
    return switch (kind) {
      case TRUE -> 1;
      case STRING -> integer(text);
      case NUMBER -> Math.abs(number) <= 9007199254740991.0 ? (long) number : integer(raw);
      default -> 0;
    };
  }

  private static long integer(String text) {
    boolean negative = text.startsWith("-");
    var digits = negative ? text.substring(1) : text;
    long size = ArrayPart.wrapped(digits);
    return digits.isEmpty() || !ArrayPart.isDigits(digits) ? 0 : negative ? -size : size;
  }

  /** Says whether {@code ~true} in a query matches. */
  boolean isTruthy() {
    return asFlag();
  }

  /** Says whether {@code ~false} in a query matches. */
  boolean isFalsy() {
    return switch (kind) {
      case NULL, FALSE -> true;
      case STRING -> isWord(text, "0", "f", "false");
      case NUMBER -> number == 0;
      default -> false;
    };
  }

  private static boolean isWord(String text, String digit, String letter, String word) {
    var lower = text.length() > word.length() ? "" : text.toLowerCase(Locale.ROOT);
    return lower.equals(digit) || lower.equals(letter) || lower.equals(word);
  }
}
