package dev.sessiontoken.spi;

import java.util.Locale;

/** Text from outside, made fit for one line of a terminal. */
public final class Printable {
  private static final int SHORT = 120;

  private Printable() {}

  /** As {@link #of(String, int)}, for a name or another short text. */
  public static String of(String text) {
    return of(text, SHORT);
  }

  /** What an exception says, else what it is called. */
  public static String of(Throwable failure) {
    String message = failure.getMessage();
    return of(message == null ? failure.getClass().getSimpleName() : message);
  }

  /**
   * The text with every character that does not print made visible, and cut.
   *
   * @param text from anywhere: may hold line ends, escape sequences, half of a surrogate pair
   * @param limit how many characters of it are kept; what is cut is said
   * @return one line, never null
   */
  public static String of(String text, int limit) {
    String kept = text.strip();
    int end = Math.min(kept.length(), limit);
    if (end > 0 && end < kept.length() && Character.isHighSurrogate(kept.charAt(end - 1))) end--;
    var shown = new StringBuilder(end);
    kept.substring(0, end).codePoints().forEach(c -> append(shown, c));
    if (end < kept.length()) shown.append("… (cut: ").append(kept.length()).append(" characters)");
    return shown.toString();
  }

  private static void append(StringBuilder shown, int c) {
    switch (c) {
      case '\n' -> shown.append("\\n");
      case '\r' -> shown.append("\\r");
      case '\t' -> shown.append("\\t");
      default -> {
        if (prints(c)) shown.appendCodePoint(c);
        else shown.append(String.format(Locale.ROOT, "\\u%04x", c));
      }
    }
  }

  private static boolean prints(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT, // turns the direction of writing, among others
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}
