package dev.sessiontoken.spi;

import java.util.Locale;

/**
 * Makes text from outside this program fit for one line of a terminal or log.
 *
 * <p>No method blocks.
 */
public final class Printable {
  private static final int SHORT = 120;

  private Printable() {}

  /** Returns {@link #of(String, int)} with a limit of 120: for names and other short texts. */
  public static String of(String text) {
    return of(text, SHORT);
  }

  /**
   * Returns {@link #of(String)} of an exception's message, or of the simple name of its class if it
   * has none. The result is cut to 120 characters and never null.
   */
  public static String of(Throwable failure) {
    String message = failure.getMessage();
    return of(message == null ? failure.getClass().getSimpleName() : message);
  }

  /**
   * Returns the text without white space at its ends, with each character that does not print
   * replaced by its escape as Java writes it, such as {@code \n}, and cut to a limit.
   *
   * @param text may hold line ends, terminal escapes, half of a surrogate pair
   * @param limit upper bound of characters that are kept; a note at the end gives the full length
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

  /**
   * Returns JSON text with every character that does not print as an escape of JSON: the same value
   * in text that is safe for a terminal.
   *
   * @param json valid JSON without line ends, in which such characters occur within strings only
   */
  public static String json(String json) {
    int clean = 0;
    while (clean < json.length() && isPlain(json.charAt(clean))) clean++;
    if (clean == json.length()) return json;
    var safe = new StringBuilder(json.length() + 16).append(json, 0, clean);
    for (int i = clean; i < json.length(); ) {
      int c = json.codePointAt(i);
      int end = i + Character.charCount(c);
      if (prints(c)) safe.appendCodePoint(c);
      else for (int unit = i; unit < end; unit++) escape(safe, json.charAt(unit));
      i = end;
    }
    return safe.toString();
  }

  private static boolean isPlain(char c) {
    return c >= ' ' && c < 0x7f;
  }

  private static void escape(StringBuilder text, int c) {
    text.append(String.format(Locale.ROOT, "\\u%04x", c));
  }

  private static void append(StringBuilder shown, int c) {
    switch (c) {
      case '\n' -> shown.append("\\n");
      case '\r' -> shown.append("\\r");
      case '\t' -> shown.append("\\t");
      default -> {
        if (prints(c)) shown.appendCodePoint(c);
        else escape(shown, c);
      }
    }
  }

  private static boolean prints(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT, // such as U+202E, which reverses the text after it
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
