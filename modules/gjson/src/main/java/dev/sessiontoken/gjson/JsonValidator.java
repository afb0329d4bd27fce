package dev.sessiontoken.gjson;

/** Checks whether a text is one JSON value: the original's {@code gjson.Valid}. */
final class JsonValidator {
  private static final int INVALID = -1;

  private final String json;
  private final Budget budget;

  private JsonValidator(String json, Budget budget) {
    this.json = json;
    this.budget = budget;
  }

  static boolean isValid(String json, Budget budget) {
    budget.spend(json.length());
    var check = new JsonValidator(json, budget);
    int end = check.value(0);
    return end >= 0 && check.space(end) == json.length();
  }

  private int space(int i) {
    while (i < json.length() && " \t\n\r".indexOf(json.charAt(i)) >= 0) {
      i++;
    }
    return i;
  }

  private boolean is(int i, char c) {
    return i >= 0 && i < json.length() && json.charAt(i) == c;
  }

  /** Returns the end of the value at {@code from}, after white space; negative if it is invalid. */
  private int value(int from) {
    int i = space(from);
    if (i == json.length()) {
      return INVALID;
    }
    return switch (json.charAt(i)) {
      case '{' -> nested(i + 1, '}');
      case '[' -> nested(i + 1, ']');
      case '"' -> string(i);
      case 't' -> word(i, "true");
      case 'f' -> word(i, "false");
      case 'n' -> word(i, "null");
      default -> number(i);
    };
  }

  private int word(int i, String word) {
    return json.startsWith(word, i) ? i + word.length() : INVALID;
  }

  private int nested(int from, char close) {
    budget.enter();
    int i = space(from);
    i = is(i, close) ? i + 1 : members(i, close);
    budget.leave();
    return i;
  }

  private int members(int i, char close) {
    while (i >= 0) {
      i = close == '}' ? member(space(i)) : value(i);
      i = i < 0 ? i : space(i);
      if (is(i, close)) {
        return i + 1;
      }
      i = is(i, ',') ? i + 1 : INVALID;
    }
    return INVALID;
  }

  private int member(int i) {
    int end = is(i, '"') ? string(i) : INVALID;
    int colon = end < 0 ? INVALID : space(end);
    return is(colon, ':') ? value(colon + 1) : INVALID;
  }

  private int string(int i) {
    for (i++; i < json.length(); i++) {
      char c = json.charAt(i);
      if (c == '"') {
        return i + 1;
      }
      if (c < ' ') {
        return INVALID;
      }
      if (c == '\\') {
        i = escape(i + 1);
        if (i < 0) {
          return INVALID;
        }
      }
    }
    return INVALID;
  }

  /**
   * Returns the index of an escape's last character; {@code i} is that of the one after the
   * backslash.
   */
  private int escape(int i) {
    if (i >= json.length() || "\"\\/bfnrtu".indexOf(json.charAt(i)) < 0) {
      return INVALID;
    }
    return json.charAt(i) != 'u' ? i : isHex(i + 1, i + 5) ? i + 4 : INVALID;
  }

  private boolean isHex(int from, int to) {
    for (int i = from; i < to; i++) {
      if (i >= json.length() || "0123456789abcdefABCDEF".indexOf(json.charAt(i)) < 0) {
        return false;
      }
    }
    return true;
  }

  private int number(int i) {
    int start = is(i, '-') ? i + 1 : i;
    int end = is(start, '0') ? start + 1 : digits(start);
    if (is(end, '.')) {
      end = digits(end + 1);
    }
    if (is(end, 'e') || is(end, 'E')) {
      boolean signed = is(end + 1, '+') || is(end + 1, '-');
      end = digits(end + (signed ? 2 : 1));
    }
    return end;
  }

  /** Returns the end of the digits at {@code from}; negative if there is not at least one. */
  private int digits(int from) {
    int i = from;
    while (i < json.length() && json.charAt(i) >= '0' && json.charAt(i) <= '9') {
      i++;
    }
    return i > from ? i : INVALID;
  }
}
