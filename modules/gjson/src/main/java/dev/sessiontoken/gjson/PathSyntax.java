package dev.sessiontoken.gjson;

/** Finds the separators in a path: dots that act as pipes, closing quotes, ends of names. */
final class PathSyntax {
  private PathSyntax() {}

  /** Says whether the dot before {@code i} acts as a pipe: a modifier or a multipath follows it. */
  static boolean isPipeBefore(String path, int i) {
    if (i >= path.length()) {
      return false;
    }
    return switch (path.charAt(i)) {
      case '[', '{' -> true;
      case '@' -> Modifiers.exists(path.substring(i + 1, nameEnd(path, i + 1)));
      default -> false;
    };
  }

  /** Returns the end of the modifier's name that begins at {@code i}. */
  static int nameEnd(String path, int i) {
    while (i < path.length() && !endsName(path.charAt(i))) {
      i++;
    }
    return i;
  }

  private static boolean endsName(char c) {
    return c == '.' || c == '|' || c == ':';
  }

  /**
   * Returns the index of the closing quote from {@code i} on; the length or more if none follows.
   */
  static int quoteEnd(String path, int i) {
    while (i < path.length() && path.charAt(i) != '"') {
      i += path.charAt(i) == '\\' ? 2 : 1;
    }
    return i;
  }

  /**
   * Returns the index of the first pipe outside queries and multipaths, where the path applied to
   * each element of an array ends; negative if the path has no such pipe.
   */
  static int firstPipe(String path) {
    if (path.indexOf('|') < 0) {
      return -1;
    }
    return path.startsWith("{") ? pipeAfterBlock(path) : pipeAfterParts(path);
  }

  private static int pipeAfterBlock(String path) {
    // as in the original, which takes the second character for the opening bracket
    int end = 1 + JsonScanner.squashEnd(path.substring(1), 0);
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
            i = queryEnd(path, i + 2);
          }
        }
        default -> {}
      }
    }
    return -1;
  }

  private static int queryEnd(String path, int i) {
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
