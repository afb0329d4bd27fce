package dev.sessiontoken.gjson;

import org.jspecify.annotations.Nullable;

/**
 * A modifier as a path calls it.
 *
 * @param argument what stands after the colon
 * @param argumentStart where in the path the argument begins
 * @param rest what follows in the path, separator included
 */
record ModifierCall(String name, String argument, int argumentStart, String rest) {

  /** Reads the modifier that a path begins with; null if there is none of that name. */
  static @Nullable ModifierCall parse(String path) {
    int nameEnd = Syntax.nameEnd(path, 1);
    var name = path.substring(1, nameEnd);
    if (!Modifiers.exists(name)) {
      return null;
    }
    if (!path.startsWith(":", nameEnd)) {
      return new ModifierCall(name, "", nameEnd, path.substring(nameEnd));
    }
    int start = nameEnd + 1;
    int end = start == path.length() ? start : argumentEnd(path, start);
    return new ModifierCall(name, path.substring(start, end), start, path.substring(end));
  }

  private static int argumentEnd(String path, int start) {
    return switch (path.charAt(start)) {
      case '{', '[', '"' -> Tokens.squashEnd(path, start);
      default -> textEnd(path, start);
    };
  }

  private static int textEnd(String path, int i) {
    while (i < path.length() && path.charAt(i) != '|') {
      i =
          switch (path.charAt(i)) {
            case '{', '[', '"', '(' -> Tokens.squashEnd(path, i);
            default -> i + 1;
          };
    }
    return i;
  }
}
