package dev.sessiontoken.gjson;

/** The marks by which a path divides. */
final class Syntax {
  private Syntax() {}

  /** Whether a dot before {@code i} is a pipe: a modifier or a multipath follows. */
  static boolean pipes(String path, int i) {
    if (i >= path.length()) {
      return false;
    }
    return switch (path.charAt(i)) {
      case '[', '{' -> true;
      case '@' -> Modifiers.exists(path.substring(i + 1, nameEnd(path, i + 1)));
      default -> false;
    };
  }

  /** The end of a modifier's name. */
  static int nameEnd(String path, int i) {
    while (i < path.length() && !endsName(path.charAt(i))) {
      i++;
    }
    return i;
  }

  private static boolean endsName(char c) {
    return c == '.' || c == '|' || c == ':';
  }

  /** The closing quote after {@code i}, or the length or more. */
  static int quoteEnd(String path, int i) {
    while (i < path.length() && path.charAt(i) != '"') {
      i += path.charAt(i) == '\\' ? 2 : 1;
    }
    return i;
  }

  /**
   * The first pipe outside selectors, where the path applied to each element ends; negative if
   * there is none.
   */
  static int pipe(String path) {
    if (path.indexOf('|') < 0) {
      return -1;
    }
    return path.startsWith("{") ? pipeAfterBlock(path) : pipeAfterParts(path);
  }

  private static int pipeAfterBlock(String path) {
    // as the original: the second character counts as the opening one
    int end = 1 + Tokens.squashEnd(path.substring(1), 0);
    return end < path.length() && path.charAt(end) == '|' ? end : -1;
  }

  private static int pipeAfterParts(String path) {
    for (int i = 0; i < path.length(); i++) {
      switch (path.charAt(i)) {
        case '\\' -> i++;
        case '|' -> {
          return i;
        }
        case '.' -> {
          if (i == path.length() - 1) {
            return -1;
          }
          if (path.charAt(i + 1) == '#') {
            i = selectorEnd(path, i + 2);
          }
        }
        default -> {}
      }
    }
    return -1;
  }

  private static int selectorEnd(String path, int i) {
    if (i >= path.length() || (path.charAt(i) != '[' && path.charAt(i) != '(')) {
      return i;
    }
    char open = path.charAt(i);
    char close = open == '[' ? ']' : ')';
    int depth = 1;
    for (i++; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == open) {
        depth++;
      } else if (c == close && --depth == 0) {
        break;
      } else if (c == '"') {
        i = quoteEnd(path, i + 1);
      }
    }
    return i;
  }
}
