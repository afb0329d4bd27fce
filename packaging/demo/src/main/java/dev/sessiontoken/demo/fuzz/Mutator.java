package dev.sessiontoken.demo.fuzz;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Changes texts at random.
 *
 * @param random decides what is changed
 */
record Mutator(RandomGenerator random) {
  private static final int MOST_CHANGES = 4;
  private static final int LONGEST_PIECE = 40;

  /** Pieces that programs have stumbled over. */
  private static final List<String> PIECES =
      List.of(
          Cases.TOKEN,
          Cases.TOKEN.substring(0, 12),
          "\0",
          "\u001b[31m",
          "\u001b]52;c;eA==\u0007",
          "\r\n",
          "\n",
          "\r\n\r\n",
          " ",
          "\t",
          "%00",
          "%20",
          "\\u0000",
          "\\ud800",
          "\\u202e",
          "\u00e2\u0080\u00ae", // U+202E in UTF-8, one byte a character
          "\u00c2\u009b", // a C1 control
          "\u00ff\u00fe",
          "\u00ed\u00a0\u0080", // a surrogate
          "'",
          "\"",
          ":",
          "@",
          "//",
          "{",
          "}",
          "[",
          "]",
          "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
          "-1",
          "0",
          "99999999999999999999",
          "1e999",
          "null",
          "<title>",
          "Transfer-Encoding: chunked\r\n",
          "Content-Length: 5\r\n",
          "Content-Encoding: gzip\r\n",
          "Location: http://h.test/x\r\n",
          "HTTP/1.1 100 Continue\r\n\r\n",
          "x".repeat(3000));

  /** Returns the text with one to four changes. */
  String mutate(String text) {
    String changed = text;
    for (int i = random.nextInt(MOST_CHANGES); i >= 0; i--) changed = change(changed);
    return changed;
  }

  private String change(String text) {
    int at = random.nextInt(text.length() + 1);
    int end = Math.min(text.length(), at + 1 + random.nextInt(LONGEST_PIECE));
    String before = text.substring(0, at);
    String piece = text.substring(at, end);
    String after = text.substring(end);
    return switch (random.nextInt(6)) {
      case 0 -> before + after;
      case 1 -> before + piece + piece + after;
      case 2 -> before + oneOf(PIECES) + piece + after;
      case 3 -> before + oneOf(PIECES) + after;
      case 4 -> before;
      default ->
          before + (char) random.nextInt(256) + text.substring(Math.min(text.length(), at + 1));
    };
  }

  /** Returns one of them. */
  <T> T oneOf(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
