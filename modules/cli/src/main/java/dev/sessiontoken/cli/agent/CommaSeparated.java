package dev.sessiontoken.cli.agent;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A line of comma-separated values, RFC 4180: a value with a comma stands in quotation marks, which
 * are doubled within. As the original reads lists in variables (Go's encoding/csv).
 */
final class CommaSeparated {
  private static final char QUOTE = '"';

  private CommaSeparated() {}

  /** Returns the values; empty if quotation marks stand where none may. */
  static Optional<List<String>> parse(String line) {
    var values = new ArrayList<String>();
    int start = 0;
    while (true) {
      int end = end(line, start);
      if (end < 0) return Optional.empty();
      String value = line.substring(start, end);
      values.add(
          isQuoted(value) ? value.substring(1, end - start - 1).replace("\"\"", "\"") : value);
      if (end == line.length()) return Optional.of(List.copyOf(values));
      start = end + 1;
    }
  }

  private static boolean isQuoted(String value) {
    return !value.isEmpty() && value.charAt(0) == QUOTE;
  }

  /** Returns where the value ends that begins at an index, or -1. */
  private static int end(String line, int start) {
    boolean isQuoted = start < line.length() && line.charAt(start) == QUOTE;
    if (!isQuoted) {
      int comma = line.indexOf(',', start);
      int end = comma < 0 ? line.length() : comma;
      return line.substring(start, end).indexOf(QUOTE) < 0 ? end : -1;
    }
    int close = line.indexOf(QUOTE, start + 1);
    while (close >= 0 && close + 1 < line.length() && line.charAt(close + 1) == QUOTE) {
      close = line.indexOf(QUOTE, close + 2);
    }
    boolean isEnd = close + 1 == line.length() || (close >= 0 && line.charAt(close + 1) == ',');
    return close >= 0 && isEnd ? close + 1 : -1;
  }
}
