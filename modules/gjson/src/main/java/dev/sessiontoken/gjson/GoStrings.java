package dev.sessiontoken.gjson;

/**
 * Writes JSON strings as Go's {@code encoding/json} does, and reads them as the original does
 * (which is more lenient than RFC 8259).
 */
final class GoStrings {
  private static final String HEX = "0123456789abcdef";
  private static final char REPLACEMENT = '\uFFFD';

  private GoStrings() {}

  /** Appends the text as a JSON string: {@code < > &}, U+2028 and U+2029 are escaped, as in Go. */
  static Output quote(String text, Output out) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        out.append(c).append(text.charAt(++i));
      } else {
        escape(c, out);
      }
    }
    return out.append('"');
  }

  private static void escape(char c, Output out) {
    switch (c) {
      case '"', '\\' -> out.append('\\').append(c);
      case '\b' -> out.append("\\b");
      case '\f' -> out.append("\\f");
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      case '<', '>', '&', '\u2028', '\u2029' -> hex(c, out);
      default -> other(c, out);
    }
  }

  private static void other(char c, Output out) {
    if (c < ' ') {
      hex(c, out);
    } else {
      out.append(Character.isSurrogate(c) ? REPLACEMENT : c); // Go has U+FFFD for a lone surrogate
    }
  }

  private static void hex(char c, Output out) {
    out.append("\\u");
    for (int shift = 12; shift >= 0; shift -= 4) {
      out.append(HEX.charAt(c >> shift & 0xF));
    }
  }

  /**
   * Returns the content of a string, given without its quotes; ends at the first invalid escape.
   */
  static String unescape(String text) {
    var out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ') {
        break;
      }
      if (c != '\\') {
        out.append(c);
        continue;
      }
      if (++i >= text.length()) {
        break;
      }
      if (text.charAt(i) == 'u') {
        i = unicode(text, i, out);
      } else if (!simple(text.charAt(i), out)) {
        break;
      }
    }
    return out.toString();
  }

  private static boolean simple(char c, StringBuilder out) {
    switch (c) {
      case '\\', '/', '"' -> out.append(c);
      case 'b' -> out.append('\b');
      case 'f' -> out.append('\f');
      case 'n' -> out.append('\n');
      case 'r' -> out.append('\r');
      case 't' -> out.append('\t');
      default -> {
        return false;
      }
    }
    return true;
  }

  /** Reads the escape whose {@code u} is at {@code i}; returns the index of its last character. */
  private static int unicode(String text, int i, StringBuilder out) {
    if (i + 5 > text.length()) {
      return text.length();
    }
    char c = unit(text, i + 1);
    int last = i + 4;
    if (!Character.isSurrogate(c)) {
      out.append(c);
      return last;
    }
    if (last + 7 > text.length() || !text.startsWith("\\u", last + 1)) {
      out.append(REPLACEMENT);
      return last;
    }
    char low = unit(text, last + 3);
    if (Character.isSurrogatePair(c, low)) {
      out.append(c).append(low);
    } else {
      out.append(REPLACEMENT);
    }
    return last + 6;
  }

  /** Returns the UTF-16 unit of the four hexadecimal digits at {@code from}; 0 if they are none. */
  private static char unit(String text, int from) {
    int unit = 0;
    for (int i = from; i < from + 4; i++) {
      char c = text.charAt(i);
      int digit = c < 0x80 ? Character.digit(c, 16) : -1;
      if (digit < 0) {
        return 0;
      }
      unit = unit << 4 | digit;
    }
    return (char) unit;
  }
}
