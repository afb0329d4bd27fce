package dev.sessiontoken.gjson;

import jakarta.json.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates paths of keys and indices alone ({@code authed_user.scopes.0}) on the document itself.
 * All other paths work on the document's text; here only the value found is written as text.
 */
final class PlainPath {
  private PlainPath() {}

  /** Says whether the path has no wildcard, escape, query, modifier, literal, multipath or pipe. */
  static boolean isPlain(String path) {
    if (path.startsWith("..")) {
      return false;
    }
    for (int i = 0; i < path.length(); i++) {
      switch (path.charAt(i)) {
        case '\\', '*', '?', '|', '#', '@', '!', '[', '{' -> {
          return false;
        }
        default -> {
          if (Character.isSurrogate(path.charAt(i))) {
            return false; // text has U+FFFD in place of a lone surrogate
          }
        }
      }
    }
    return true;
  }

  /** Returns the value at a path that {@link #isPlain}; null if the document has none there. */
  static @Nullable JsonValue walk(JsonValue document, String path) {
    JsonValue value = document;
    int start = 0;
    while (value != null && start <= path.length()) {
      int dot = path.indexOf('.', start);
      int end = dot < 0 ? path.length() : dot;
      value = step(value, path.substring(start, end));
      start = end + 1;
    }
    return value;
  }

  private static @Nullable JsonValue step(JsonValue value, String part) {
    return switch (value.getValueType()) {
      case OBJECT -> value.asJsonObject().get(part);
      case ARRAY -> {
        long index = ArrayPart.index(part);
        var array = value.asJsonArray();
        yield index >= 0 && index < array.size() ? array.get((int) index) : null;
      }
      default -> null;
    };
  }
}
