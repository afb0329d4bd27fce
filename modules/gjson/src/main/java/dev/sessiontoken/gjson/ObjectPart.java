package dev.sessiontoken.gjson;

import org.jspecify.annotations.Nullable;

/**
 * The first component of a path, parsed for use on an object.
 *
 * @param key the key; if {@code wild}, the pattern. Backslashes are taken out
 * @param wild whether the key has {@code *} or {@code ?}
 * @param rest the path to follow inside the member's value (after a dot); null if the path ends
 * @param pipe the path to apply to the result (after a pipe); null if the path ends
 */
record ObjectPart(String key, boolean wild, @Nullable String rest, @Nullable String pipe) {

  /** Parses up to the first dot or pipe; any text parses. */
  static ObjectPart parse(String path) {
    var key = new StringBuilder();
    boolean wild = false;
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c == '|') {
        return new ObjectPart(key.toString(), wild, null, path.substring(i + 1));
      }
      if (c == '.') {
        return split(key.toString(), wild, path, i + 1);
      }
      if (c == '\\') {
        if (++i == path.length()) {
          break;
        }
      } else if (c == '*' || c == '?') {
        wild = true;
      }
      key.append(path.charAt(i));
    }
    return new ObjectPart(key.toString(), wild, null, null);
  }

  private static ObjectPart split(String key, boolean wild, String path, int rest) {
    var remaining = path.substring(rest);
    return PathSyntax.isPipeBefore(path, rest)
        ? new ObjectPart(key, wild, null, remaining)
        : new ObjectPart(key, wild, remaining, null);
  }

  /** Says whether this component selects the member with the given (unescaped) key. */
  boolean matches(String candidate, Budget budget) {
    return wild ? Glob.matches(candidate, key, budget) : candidate.equals(key);
  }
}
