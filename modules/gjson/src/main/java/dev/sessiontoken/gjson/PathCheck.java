package dev.sessiontoken.gjson;

/** Refuses what can only be a mistake, with the column of it. */
final class PathCheck {
  private static final int LENGTH = 4096;
  private static final int NESTING = 100;
  private static final int END = -1;

  private final String text;

  private PathCheck(String text) {
    this.text = text;
  }

  static void check(String text) {
    if (text.length() > LENGTH) {
      throw new GjsonSyntaxException("a path has at most " + LENGTH + " characters", LENGTH + 1);
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
    if (nesting > NESTING) {
      throw new GjsonSyntaxException("paths inside paths go too deep", from + 1);
    }
    int next = from;
    while (next != END) {
      next = segment(next, to, nesting);
    }
  }

  /** Checks up to the next pipe; where it goes on after that. */
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

  /** What follows a modifier or literal without a separator is of no account. */
  private int afterSeparator(int at, int to) {
    return at < to && (text.charAt(at) == '|' || text.charAt(at) == '.') ? at + 1 : END;
  }

  private int multipath(String path, int from, int to, int nesting) {
    var selectors = Selectors.parse(path);
    if (selectors == null) {
      throw new GjsonSyntaxException("the multipath is not closed", from + 1);
    }
    for (var selector : selectors.list()) {
      int start = from + selector.start();
      path(start, start + selector.path().length(), nesting + 1);
    }
    int end = from + selectors.end();
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
      if (text.charAt(end) == '|' || hash || Syntax.pipes(text, i)) {
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

  /** Checks the query of a component, if it has one, and goes behind it. */
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
