package dev.sessiontoken.gjson;

/**
 * Finds where the values in a JSON text begin and end. Does not check them: the text may come from
 * a path or from {@code @fromstr}, and the original accepts invalid text.
 */
final class JsonScanner {
  private static final int UNTERMINATED = -1;

  private JsonScanner() {}

  /**
   * Returns the index of the first character from {@code i} on that may begin a value, or the
   * length.
   */
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

  /**
   * Returns the end of the value that begins at {@code i}; negative if it is an unclosed string.
   */
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

  /** Returns the index after the quote that closes the one at {@code i}; negative if none does. */
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
   * Returns the index after the bracket that closes the one at {@code i}; any character there
   * counts as an opening bracket. The length if no bracket closes it, more if a string in it is not
   * closed.
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

  /** Returns {@link #blockEnd} or, for a quote, {@link #stringEnd}; the length at most. */
  static int squashEnd(String json, int i) {
    int end = json.charAt(i) == '"' ? quotedEnd(json, i) : blockEnd(json, i);
    return Math.min(end, json.length());
  }

  /** Returns a part of the text; {@code to} may lie past its end. */
  static String cut(String json, int from, int to) {
    return json.substring(from, Math.min(to, json.length()));
  }
}
