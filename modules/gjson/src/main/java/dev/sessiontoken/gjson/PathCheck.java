package dev.sessiontoken.gjson;

/**
 * Refuses paths that can only be mistakes, and says at which column. The evaluation itself accepts
 * any text, as the original does, so this check parses the path a second time with the same
 * classes.
 */
final class PathCheck {
  private static final int MAX_LENGTH = 4096;
  private static final int MAX_NESTING = 100;
  private static final int END = -1;

  private final String text;

  private PathCheck(String text) {
    this.text = text;
  }

  /**
   * Throws {@link GjsonSyntaxException} if the path is refused; {@link GjsonPath#parse} says why.
   */
  static void check(String text) {
    if (text.length() > MAX_LENGTH) {
      throw new GjsonSyntaxException(
          "a path has at most " + MAX_LENGTH + " characters", MAX_LENGTH + 1);
    }
    if (endsInBackslash(text)) {
      throw new GjsonSyntaxException("nothing follows the backslash", text.length());
    }
    if (!PlainPath.isPlain(text)) {
      new PathCheck(text).path(0, text.length(), 0);
    }
  }

  private static boolean endsInBackslash(String text) {
    int i = text.length();
    while (i > 0 && text.charAt(i - 1) == '\\') {
      i--;
    }
    return (text.length() - i) % 2 == 1;
  }

  private void path(int from, int to, int nesting) {
    if (nesting > MAX_NESTING) {
      throw new GjsonSyntaxException("paths inside paths are nested too deeply", from + 1);
    }
    int next = from;
    while (next != END) {
      next = segment(next, to, nesting);
    }
  }

  /** Checks up to the next pipe; returns the index after that pipe, or {@link #END}. */
  private int segment(int from, int to, int nesting) {
    var path = text.substring(from, to);
    if (path.length() > 1) {
      switch (path.charAt(0)) {
        case '@' -> {
          var call = ModifierCall.parse(path);
          if (call != null) {
            return modifier(call, from, to, nesting);
          }
        }
        case '!' -> {
          int end = Evaluation.literalEnd(path);
          if (end >= 0) {
            return afterSeparator(from + end, to);
          }
        }
        case '[', '{' -> {
          return multipath(path, from, to, nesting);
        }
        default -> {}
      }
    }
    return components(path.startsWith("..") ? from + 2 : from, to, nesting);
  }

  private int modifier(ModifierCall call, int from, int to, int nesting) {
    if (call.name().equals("dig")) {
      int start = from + call.argumentStart();
      path(start, start + call.argument().length(), nesting + 1);
    }
    return afterSeparator(to - call.rest().length(), to);
  }

  /**
   * Returns the index after a separator; {@link #END} if none follows: the original ignores the
   * rest.
   */
  private int afterSeparator(int at, int to) {
    return at < to && (text.charAt(at) == '|' || text.charAt(at) == '.') ? at + 1 : END;
  }

  private int multipath(String path, int from, int to, int nesting) {
    var multipath = Multipath.parse(path);
    if (multipath == null) {
      throw new GjsonSyntaxException("the multipath is not closed", from + 1);
    }
    for (var selector : multipath.list()) {
      int start = from + selector.start();
      path(start, start + selector.path().length(), nesting + 1);
    }
    int end = from + multipath.end();
    int next = afterSeparator(end, to);
    return next == END && end < to ? components(end, to, nesting) : next;
  }

  private int components(int from, int to, int nesting) {
    int i = from;
    while (i < to) {
      boolean hash = text.charAt(i) == '#';
      int end = componentEnd(hash ? query(i, to, nesting) : i, to);
      if (end >= to) {
        return END;
      }
      i = end + 1;
      if (text.charAt(end) == '|' || hash || PathSyntax.isPipeBefore(text, i)) {
        return i;
      }
    }
    return END;
  }

  private int componentEnd(int i, int to) {
    while (i < to && text.charAt(i) != '.' && text.charAt(i) != '|') {
      i += text.charAt(i) == '\\' ? 2 : 1;
    }
    return i;
  }

  /** Checks the query after the {@code #}, if one follows; returns the index after it. */
  private int query(int hash, int to, int nesting) {
    if (hash + 1 >= to || (text.charAt(hash + 1) != '(' && text.charAt(hash + 1) != '[')) {
      return hash;
    }
    var query = Query.parse(text.substring(hash, to));
    if (query == null) {
      throw new GjsonSyntaxException("the query is not closed", hash + 2);
    }
    int start = text.indexOf(query.path(), hash + 2);
    path(start, start + query.path().length(), nesting + 1);
    return hash + query.end();
  }
}
