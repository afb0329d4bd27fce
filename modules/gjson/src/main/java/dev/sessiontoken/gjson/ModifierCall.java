package dev.sessiontoken.gjson;

import org.jspecify.annotations.Nullable;

/**
 * A modifier in a path, such as {@code @flatten:{"deep":true}}.
 *
 * @param name the name, without {@code @}
 * @param argument the text after the colon; empty if there is no colon
 * @param argumentStart index of the argument in the path
 * @param rest the path after the modifier, from the separator on
 */
record ModifierCall(String name, String argument, int argumentStart, String rest) {

  /** Parses the modifier at the start of a path; returns null if no modifier has that name. */
  static @Nullable ModifierCall parse(String path) {
    int nameEnd = PathSyntax.nameEnd(path, 1);
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
      case '{', '[', '"' -> JsonScanner.squashEnd(path, start);
      default -> textEnd(path, start);
    };
  }

  private static int textEnd(String path, int i) {
    while (i < path.length() && path.charAt(i) != '|') {
      i =
          switch (path.charAt(i)) {
            case '{', '[', '"', '(' -> JsonScanner.squashEnd(path, i);
            default -> i + 1;
          };
    }
    return i;
  }
}
