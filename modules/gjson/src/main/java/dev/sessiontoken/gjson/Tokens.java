package dev.sessiontoken.gjson;

/** Where the tokens of JSON text end: lenient, as the text may have come from a path. */
final class Tokens {
  private static final int UNTERMINATED = -1;

  private Tokens() {}

  /** The first character at or after {@code i} that may begin a value, or the length. */
  static int valueStart(String json, int i) {
    while (i < json.length() && !startsValue(json.charAt(i))) {
      i++;
    }
    return i;
  }

  static boolean startsValue(char c) {
    return switch (c) {
      case '"', '{', '[', 't', 'f', 'n' -> true;
      default -> startsNumber(c);
    };
  }

  private static boolean startsNumber(char c) {
    return switch (c) {
      case '+', '-', 'i', 'I', 'N' -> true;
      default -> c >= '0' && c <= '9';
    };
  }

  /** The end of the value that begins at {@code i}; negative if it is a string without an end. */
  static int valueEnd(String json, int i) {
    return switch (json.charAt(i)) {
      case '"' -> stringEnd(json, i);
      case '{', '[' -> blockEnd(json, i);
      case 't', 'f' -> literalEnd(json, i);
      case 'n' -> startsNan(json, i) ? numberEnd(json, i) : literalEnd(json, i);
      default -> numberEnd(json, i);
    };
  }

  static boolean startsNan(String json, int i) {
    return i + 1 < json.length() && json.charAt(i + 1) != 'u';
  }

  /** Just after the quote that closes the one at {@code i}; negative if there is none. */
  static int stringEnd(String json, int i) {
    for (i++; i < json.length(); i++) {
      char c = json.charAt(i);
      if (c == '"') {
        return i + 1;
      }
      if (c == '\\') {
        i++;
      }
    }
    return UNTERMINATED;
  }

  static int numberEnd(String json, int i) {
    for (i++; i < json.length(); i++) {
      char c = json.charAt(i);
      if (c <= ' ' || c == ',' || c == ']' || c == '}') {
        break;
      }
    }
    return Math.min(i, json.length());
  }

  static int literalEnd(String json, int i) {
    for (i++; i < json.length(); i++) {
      char c = json.charAt(i);
      if (c < 'a' || c > 'z') {
        break;
      }
    }
    return Math.min(i, json.length());
  }

  /**
   * Just after the bracket that closes what the character at {@code i} opens, whichever character
   * that is; one past the length if nothing closes it inside a string.
   */
  static int blockEnd(String json, int i) {
    int depth = 1;
    for (i++; i < json.length(); i++) {
      switch (json.charAt(i)) {
        case '"' -> i = quotedEnd(json, i) - 1;
        case '{', '[', '(' -> depth++;
        case '}', ']', ')' -> depth--;
        default -> {}
      }
      if (depth == 0) {
        return i + 1;
      }
    }
    return i;
  }

  private static int quotedEnd(String json, int i) {
    int end = stringEnd(json, i);
    return end == UNTERMINATED ? json.length() + 1 : end;
  }

  /** As {@link #blockEnd}, within the text, and a string counts as a block. */
  static int squashEnd(String json, int i) {
    int end = json.charAt(i) == '"' ? quotedEnd(json, i) : blockEnd(json, i);
    return Math.min(end, json.length());
  }

  static String cut(String json, int from, int to) {
    return json.substring(from, Math.min(to, json.length()));
  }
}
