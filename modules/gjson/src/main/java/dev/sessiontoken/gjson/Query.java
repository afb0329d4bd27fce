package dev.sessiontoken.gjson;

import org.jspecify.annotations.Nullable;

/**
 * A query (SYNTAX.md, "Queries"), such as {@code #(age>45)#}.
 *
 * @param path the path of the value that is compared in each element; empty for the element itself
 * @param operator the comparison; empty if the value only has to exist
 * @param operand the text to compare with, without its quotes
 * @param all whether all matching elements are selected ({@code #(…)#}) and not only the first
 * @param end index in the path just after the closing bracket
 */
record Query(String path, String operator, String operand, boolean all, int end) {
  /** The query that the original assumes where the bracket is not closed: any element matches. */
  static final Query UNREADABLE = new Query("", "", "", false, 0);

  /** Parses the query at the start of a path; returns null if its bracket is not closed. */
  static @Nullable Query parse(String path) {
    var scan = new Scan(path);
    if (!scan.run()) {
      return null;
    }
    boolean all = path.startsWith("#", scan.at + 1);
    if (scan.operator == 0) {
      return new Query(path.substring(2, scan.at).trim(), "", "", all, scan.at + 1);
    }
    var left = path.substring(2, scan.operator).trim();
    var right = path.substring(scan.operator, scan.at).trim();
    var operator = operator(right);
    var operand = right.substring(operator.equals("==") ? 2 : operator.length()).trim();
    return new Query(
        left,
        operator.equals("==") ? "=" : operator,
        unquoted(operand, scan.escaped),
        all,
        scan.at + 1);
  }

  private static String operator(String text) {
    if (text.length() == 1) {
      return text;
    }
    return switch (text.substring(0, 2)) {
      case "!=", "!%", "<=", ">=", "==" -> text.substring(0, 2);
      default -> text.charAt(0) == '!' ? "" : text.substring(0, 1);
    };
  }

  private static String unquoted(String operand, boolean escaped) {
    if (operand.length() < 2 || !operand.startsWith("\"") || !operand.endsWith("\"")) {
      return operand;
    }
    var content = operand.substring(1, operand.length() - 1);
    return escaped ? GoStrings.unescape(content) : content;
  }

  /** Finds the index of the operator and that of the closing bracket. */
  private static final class Scan {
    private final String path;
    private int at = 2;
    private int operator;
    private int depth = 1;
    private boolean escaped;

    Scan(String path) {
      this.path = path;
    }

    boolean run() {
      for (; at < path.length(); at++) {
        if (depth == 1 && operator == 0 && "!=<>%".indexOf(path.charAt(at)) >= 0) {
          operator = at;
        } else {
          step(path.charAt(at));
        }
        if (depth == 0) {
          return true;
        }
      }
      return false;
    }

    private void step(char c) {
      switch (c) {
        case '\\' -> at++;
        case '[', '(' -> depth++;
        case ']', ')' -> depth--;
        case '"' -> quoted();
        default -> {}
      }
    }

    private void quoted() {
      int end = PathSyntax.quoteEnd(path, at + 1);
      escaped |= path.substring(at, Math.min(end, path.length())).indexOf('\\') >= 0;
      at = end;
    }
  }

  /** Says whether the value found at {@link #path} in an element meets the condition. */
  boolean matches(Value value, Budget budget) {
    budget.spend(operand.length());
    if (operand.startsWith("~")) {
      return matchesTilde(value);
    }
    if (!value.exists()) {
      return false;
    }
    return operator.isEmpty() || compare(value, operand, budget);
  }

  private boolean matchesTilde(Value value) {
    return switch (operand) {
      case "~*" -> compareTruth(value.exists());
      case "~null" -> compareTruth(value.kind() == Value.Kind.NULL);
      case "~true" -> compareTruth(value.isTruthy());
      case "~false" -> compareTruth(value.isFalsy());
      default -> false;
    };
  }

  private boolean compareTruth(boolean truth) {
    return operator.isEmpty() || compareFlag(truth, "true");
  }

  private boolean compare(Value value, String other, Budget budget) {
    return switch (value.kind()) {
      case STRING -> compareText(value.text(), other, budget);
      case NUMBER -> compareNumber(value.number(), GoNumbers.parse(other));
      case TRUE -> compareFlag(true, other);
      case FALSE -> compareFlag(false, other);
      case NULL, JSON -> false;
    };
  }

  private boolean compareText(String text, String other, Budget budget) {
    return switch (operator) {
      case "%" -> Glob.matches(text, other, budget);
      case "!%" -> !Glob.matches(text, other, budget);
      case "=" -> text.equals(other);
      case "!=" -> !text.equals(other);
      default -> isOrdered(Utf8Order.BYTES.compare(text, other));
    };
  }

  private boolean isOrdered(int order) {
    return switch (operator) {
      case "<" -> order < 0;
      case "<=" -> order <= 0;
      case ">" -> order > 0;
      case ">=" -> order >= 0;
      default -> false;
    };
  }

  private boolean compareNumber(double number, double other) {
    return switch (operator) {
      case "=" -> number == other;
      case "!=" -> number != other;
      case "<" -> number < other;
      case "<=" -> number <= other;
      case ">" -> number > other;
      case ">=" -> number >= other;
      default -> false;
    };
  }

  private boolean compareFlag(boolean flag, String other) {
    return switch (operator) {
      case "=" -> other.equals(flag ? "true" : "false");
      case "!=" -> !other.equals(flag ? "true" : "false");
      case ">" -> flag && other.equals("false");
      case "<" -> !flag && other.equals("true");
      case ">=" -> flag;
      case "<=" -> !flag;
      default -> false;
    };
  }
}
