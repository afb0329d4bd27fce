package dev.sessiontoken.gjson;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A multipath (SYNTAX.md, "Multipaths"): several paths whose values make a new array, as in {@code
 * [a,b]}, or a new object, as in {@code {a,"name":b}}.
 *
 * @param named true for an object, false for an array
 * @param list the paths in the brackets, in their order
 * @param end index in the path just after the closing bracket
 */
record Multipath(boolean named, List<Selector> list, int end) {

  /**
   * One path of a multipath.
   *
   * @param name the text before the colon; empty if there is no colon
   * @param path the path whose value is taken
   * @param start index of {@code path} in the whole path
   */
  record Selector(String name, String path, int start) {

    /** Appends the member's key: the name, or the last component of the path, or {@code _}. */
    void appendName(Output out, Budget budget) {
      if (name.startsWith("\"") && JsonValidator.isValid(name, budget)) {
        out.append(name);
      } else {
        GoStrings.quote(name.isEmpty() ? derivedName() : name, out);
      }
    }

    private String derivedName() {
      var last = lastComponent();
      return isSimple(last) ? last : "_";
    }

    private String lastComponent() {
      for (int i = path.length() - 1; i >= 0; i--) {
        boolean separator = path.charAt(i) == '|' || path.charAt(i) == '.';
        if (separator && (i == 0 || path.charAt(i - 1) != '\\')) {
          return path.substring(i + 1);
        }
      }
      return path;
    }

    private static boolean isSimple(String component) {
      for (int i = 0; i < component.length(); i++) {
        char c = component.charAt(i);
        if (c < ' ' || "[]{}()#|!".indexOf(c) >= 0) {
          return false;
        }
      }
      return true;
    }
  }

  /** Parses the multipath at the start of a path; returns null if its bracket is not closed. */
  static @Nullable Multipath parse(String path) {
    return new Parser(path).run();
  }

  /** Returns the part of the path after the multipath. */
  String rest(String path) {
    return path.substring(end);
  }

  /** Evaluates each path and returns the array or object; paths that find nothing are left out. */
  String collect(Evaluation evaluation, String json) {
    var out = new Output(evaluation.budget()).append(named ? '{' : '[');
    for (var selector : list) {
      var value = evaluation.get(json, selector.path());
      if (value.exists()) {
        out.separate(1);
        if (named) {
          selector.appendName(out, evaluation.budget());
          out.append(':');
        }
        out.append(value.raw());
      }
    }
    return out.append(named ? '}' : ']').toString();
  }

  /** Splits the multipath at the commas and colons of its outer level. */
  private static final class Parser {
    private final String path;
    private final List<Selector> list = new ArrayList<>();
    private int at = 1;
    private int start = 1;
    private int colon;
    private int depth = 1;
    private boolean modifier;

    Parser(String path) {
      this.path = path;
    }

    @Nullable Multipath run() {
      for (; at < path.length(); at++) {
        step(path.charAt(at));
        if (depth == 0) {
          push();
          return new Multipath(path.charAt(0) == '{', list, at + 1);
        }
      }
      return null;
    }

    private void step(char c) {
      switch (c) {
        case '\\' -> at++;
        case '@' -> modifier |= path.charAt(at - 1) == '.' || path.charAt(at - 1) == '|';
        case ':' -> colon();
        case ',' -> comma();
        case '"' -> at = PathSyntax.quoteEnd(path, at + 1);
        case '[', '(', '{' -> depth++;
        case ']', ')', '}' -> depth--;
        default -> {}
      }
    }

    private void colon() {
      if (!modifier && colon == 0 && depth == 1) {
        colon = at;
      }
    }

    private void comma() {
      if (depth == 1) {
        push();
      }
    }

    private void push() {
      int begin = colon == 0 ? start : colon + 1;
      var name = colon == 0 ? "" : path.substring(start, colon);
      list.add(new Selector(name, path.substring(begin, at), begin));
      colon = 0;
      modifier = false;
      start = at + 1;
    }
  }
}
