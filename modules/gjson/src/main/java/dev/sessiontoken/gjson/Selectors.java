package dev.sessiontoken.gjson;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A multipath: the selectors between the brackets.
 *
 * @param end where in the path it ends, the closing bracket included
 */
record Selectors(boolean named, List<Selector> list, int end) {

  /**
   * One selector.
   *
   * @param name what stands before the colon, if anything
   * @param start where in the text the path begins
   */
  record Selector(String name, String path, int start) {

    void appendName(Output out, Allowance allowance) {
      if (name.startsWith("\"") && Validity.isValid(name, allowance)) {
        out.append(name);
      } else {
        Escapes.quote(name.isEmpty() ? derivedName() : name, out);
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

  /** Reads the multipath that a path begins with; null if it does not end. */
  static @Nullable Selectors parse(String path) {
    return new Scan(path).run();
  }

  /** What follows in the path. */
  String rest(String path) {
    return path.substring(end);
  }

  /** The values that are there, put together. */
  String collect(Evaluation evaluation, String json) {
    var out = new Output(evaluation.allowance()).append(named ? '{' : '[');
    for (var selector : list) {
      var value = evaluation.get(json, selector.path());
      if (value.exists()) {
        out.separate(1);
        if (named) {
          selector.appendName(out, evaluation.allowance());
          out.append(':');
        }
        out.append(value.rawOrString());
      }
    }
    return out.append(named ? '}' : ']').toString();
  }

  /** Divides at the commas and colons of the outer level. */
  private static final class Scan {
    private final String path;
    private final List<Selector> list = new ArrayList<>();
    private int at = 1;
    private int start = 1;
    private int colon;
    private int depth = 1;
    private boolean modifier;

    Scan(String path) {
      this.path = path;
    }

    @Nullable Selectors run() {
      for (; at < path.length(); at++) {
        step(path.charAt(at));
        if (depth == 0) {
          push();
          return new Selectors(path.charAt(0) == '{', list, at + 1);
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
        case '"' -> at = Syntax.quoteEnd(path, at + 1);
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
