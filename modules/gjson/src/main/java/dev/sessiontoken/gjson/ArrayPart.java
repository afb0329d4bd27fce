package dev.sessiontoken.gjson;

import org.jspecify.annotations.Nullable;

/**
 * The first component of a path, read for an array.
 *
 * @param text the component as it stands
 * @param hash whether a {@code #} is in it, so that it is no index
 * @param each what {@code #.} asks of each element, if that is what it is
 * @param query what {@code #(} selects by, if that is what it is
 * @param rest what is to be found inside the element, if anything
 * @param pipe what is to be asked of the result, if anything
 */
record ArrayPart(
    String text,
    boolean hash,
    @Nullable String each,
    @Nullable Query query,
    @Nullable String rest,
    @Nullable String pipe) {

  static ArrayPart parse(String path) {
    if (path.startsWith("#")) {
      return hashed(path);
    }
    return divided(path, 0, false, null);
  }

  private static ArrayPart hashed(String path) {
    if (path.startsWith("#.")) {
      var rest = path.substring(2);
      return new ArrayPart("#", true, rest, null, rest, null);
    }
    if (!path.startsWith("#(") && !path.startsWith("#[")) {
      return divided(path, 1, true, null);
    }
    var query = Query.parse(path);
    return query == null
        ? new ArrayPart(path, true, null, Query.UNREADABLE, null, null)
        : divided(path, query.end(), true, query);
  }

  private static ArrayPart divided(String path, int i, boolean hash, @Nullable Query query) {
    for (; i < path.length(); i++) {
      switch (path.charAt(i)) {
        case '|' -> {
          return new ArrayPart(path.substring(0, i), hash, null, query, null, after(path, i));
        }
        case '.' -> {
          var text = path.substring(0, i);
          return !hash && Syntax.pipes(path, i + 1)
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

  boolean countsOrCollects() {
    return text.equals("#");
  }

  /** The index that the component is, or a negative number. */
  long index() {
    return hash ? -1 : index(text);
  }

  /** The index that the text is, or a negative number; as the original it wraps at 64 bits. */
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

  static long wrapped(String digits) {
    long number = 0;
    for (int i = 0; i < digits.length(); i++) {
      number = number * 10 + (digits.charAt(i) - '0');
    }
    return number;
  }
}
