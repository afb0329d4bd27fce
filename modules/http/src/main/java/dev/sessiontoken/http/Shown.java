package dev.sessiontoken.http;

/** Words of others, fit for a terminal: one line, not too long, nothing that moves the cursor. */
final class Shown {
  private static final int LIMIT = 120;

  private Shown() {}

  /** The text with what cannot be seen written as {@code \}{@code u001b}, and cut if it is long. */
  static String of(String text) {
    var shown = new StringBuilder();
    text.codePoints().limit(LIMIT).forEach(point -> append(shown, point));
    if (text.codePointCount(0, text.length()) > LIMIT) shown.append('…');
    return shown.toString();
  }

  /** What an exception says, else what it is called. */
  static String of(Throwable failure) {
    var message = failure.getMessage();
    return of(message == null ? failure.getClass().getSimpleName() : message);
  }

  private static void append(StringBuilder shown, int point) {
    switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.PRIVATE_USE,
          Character.SURROGATE,
          Character.UNASSIGNED ->
          shown.append(String.format("\\u%04x", point));
      default -> shown.appendCodePoint(point);
    }
  }
}
