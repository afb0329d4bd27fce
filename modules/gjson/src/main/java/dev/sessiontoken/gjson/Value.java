package dev.sessiontoken.gjson;

import java.util.Locale;

/**
 * A value as the original sees it: a kind and the raw text it was found as.
 *
 * @param text the unescaped content, if it is a string
 * @param number the nearest double, if it is a number
 */
record Value(Kind kind, String raw, String text, double number) {
  enum Kind {
    NULL,
    FALSE,
    NUMBER,
    STRING,
    TRUE,
    JSON
  }

  static final Value MISSING = new Value(Kind.NULL, "", "", 0);

  private static final Value TRUE = new Value(Kind.TRUE, "", "", 0);
  private static final Value FALSE = new Value(Kind.FALSE, "", "", 0);

  static Value of(boolean value) {
    return value ? TRUE : FALSE;
  }

  static Value json(String raw) {
    return new Value(Kind.JSON, raw, "", 0);
  }

  /** The value that the text from there to there is. */
  static Value in(String json, int from, int to) {
    var raw = Tokens.cut(json, from, to);
    return switch (raw.charAt(0)) {
      case '{', '[' -> json(raw);
      case '"' -> string(raw, raw.substring(1, raw.length() - 1));
      case 't' -> new Value(Kind.TRUE, raw, "", 0);
      case 'f' -> new Value(Kind.FALSE, raw, "", 0);
      case 'n' -> Tokens.startsNan(json, from) ? number(raw) : new Value(Kind.NULL, raw, "", 0);
      default -> number(raw);
    };
  }

  static Value number(String raw) {
    return new Value(Kind.NUMBER, raw, "", Decimals.parse(raw));
  }

  private static Value string(String raw, String quoted) {
    boolean escaped = quoted.indexOf('\\') >= 0;
    return new Value(Kind.STRING, raw, escaped ? Escapes.unescape(quoted) : quoted, 0);
  }

  /** The first value of a text; an object or array is taken with all that follows it. */
  static Value parse(String json) {
    int start = 0;
    while (start < json.length() && json.charAt(start) <= ' ') {
      start++;
    }
    if (start == json.length() || Tokens.valueStart(json, start) != start) {
      return MISSING;
    }
    return switch (json.charAt(start)) {
      case '{', '[' -> json(json.substring(start));
      case '"' -> parseString(json, start);
      default -> in(json, start, Tokens.valueEnd(json, start));
    };
  }

  private static Value parseString(String json, int start) {
    int end = Tokens.stringEnd(json, start);
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

  /** The value as the original prints it. */
  String string() {
    return switch (kind) {
      case NULL -> "";
      case FALSE -> "false";
      case TRUE -> "true";
      case STRING -> text;
      case JSON -> raw;
      case NUMBER -> isWhole() ? raw : Decimals.plain(number);
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

  /** What the value contributes to an array or object that is put together. */
  String rawOrString() {
    return raw.isEmpty() ? string() : raw;
  }

  /** The option this value switches on or off. */
  boolean asFlag() {
    return switch (kind) {
      case TRUE -> true;
      case STRING -> isWord(text, "1", "t", "true");
      case NUMBER -> number != 0;
      default -> false;
    };
  }

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

  /** What {@code ~true} asks. */
  boolean isTrueish() {
    return asFlag();
  }

  /** What {@code ~false} asks. */
  boolean isFalseish() {
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
