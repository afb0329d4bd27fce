package dev.sessiontoken.gjson;

import org.jspecify.annotations.Nullable;

/**
 * The first component of a path, read for an object.
 *
 * @param key the key or pattern, without backslashes
 * @param rest what is to be found inside the value, if anything
 * @param pipe what is to be asked of the result, if anything
 */
record ObjectPart(String key, boolean wild, @Nullable String rest, @Nullable String pipe) {

  static ObjectPart parse(String path) {
    var key = new StringBuilder();
    boolean wild = false;
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c == '|') {
        return new ObjectPart(key.toString(), wild, null, path.substring(i + 1));
      }
      if (c == '.') {
        return divided(key.toString(), wild, path, i + 1);
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

  private static ObjectPart divided(String key, boolean wild, String path, int rest) {
    var remaining = path.substring(rest);
    return Syntax.pipes(path, rest)
        ? new ObjectPart(key, wild, null, remaining)
        : new ObjectPart(key, wild, remaining, null);
  }

  boolean matches(String candidate, Allowance allowance) {
    return wild ? Glob.matches(candidate, key, allowance) : candidate.equals(key);
  }
}
