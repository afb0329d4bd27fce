package dev.sessiontoken.gjson;

import org.jspecify.annotations.Nullable;

/**
 * The first component of a path, parsed for use on an array: an index, {@code #} (the number of
 * elements), {@code #.path} (a value of each element) or {@code #(…)} (a query).
 *
 * @param text the component as written
 * @param hash whether the component has a {@code #}, and so is not an index
 * @param each the path of {@code #.path}; null for other components
 * @param query the query of {@code #(…)}; null for other components
 * @param rest the path to follow inside the element (after a dot); null if the path ends
 * @param pipe the path to apply to the result (after a pipe); null if the path ends
 */
record ArrayPart(
    String text,
    boolean hash,
    @Nullable String each,
    @Nullable Query query,
    @Nullable String rest,
    @Nullable String pipe) {

  /** Parses up to the dot or pipe that ends the component; any text parses. */
  static ArrayPart parse(String path) {
    if (path.startsWith("#")) {
      return hashed(path);
    }
    return split(path, 0, false, null);
  }

  private static ArrayPart hashed(String path) {
    if (path.startsWith("#.")) {
      var rest = path.substring(2);
      return new ArrayPart("#", true, rest, null, rest, null);
    }
    if (!path.startsWith("#(") && !path.startsWith("#[")) {
      return split(path, 1, true, null);
    }
    var query = Query.parse(path);
    return query == null
        ? new ArrayPart(path, true, null, Query.UNREADABLE, null, null)
        : split(path, query.end(), true, query);
  }

  private static ArrayPart split(String path, int i, boolean hash, @Nullable Query query) {
    for (; i < path.length(); i++) {
      switch (path.charAt(i)) {
        case '|' -> {
          return new ArrayPart(path.substring(0, i), hash, null, query, null, after(path, i));
        }
        case '.' -> {
          var text = path.substring(0, i);
          return !hash && PathSyntax.isPipeBefore(path, i + 1)
              ? new ArrayPart(text, hash, null, query, null, after(path, i))
              : new ArrayPart(text, hash, null, query, after(path, i), null);
        }
        case '#' -> hash = true;
        default -> {}
      }
    }
    return new ArrayPart(path, hash, null, query, null, null);
  }

  private static String after(String path, int i) {
    return path.substring(i + 1);
  }

  /** Says whether the component is {@code #} alone: the number of elements, or a value of each. */
  boolean isHashAlone() {
    return text.equals("#");
  }

  /** Returns the index; negative if the component is not an index. */
  long index() {
    return hash ? -1 : index(text);
  }

  /**
   * Returns the text as an index; negative if it is not one. Overflows at 64 bits, as the original.
   */
  static long index(String text) {
    return isDigits(text) ? wrapped(text) : -1;
  }

  static boolean isDigits(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return !text.isEmpty();
  }

  /** Returns the number, modulo 2^64 as in the original. */
  static long wrapped(String digits) {
    long number = 0;
    for (int i = 0; i < digits.length(); i++) {
      number = number * 10 + (digits.charAt(i) - '0');
    }
    return number;
  }
}
