package dev.sessiontoken.gjson;

import java.util.ArrayList;
import java.util.List;

/**
 * Formats a JSON text as the modifier {@code @pretty} does (SYNTAX.md, "Modifiers"): one member a
 * line, arrays on one line where they fit. Follows tidwall/pretty, which the original uses.
 */
final class PrettyPrinter {
  /** The limit of a value that need not fit on one line. */
  private static final long UNLIMITED = -1;

  private final String json;
  private final Options options;
  private final Budget budget;
  private final Output out;
  private int at;
  private int lineStart;

  /**
   * The options of {@code @pretty}.
   *
   * @param width columns (UTF-8 bytes) in which an array must fit to stay on one line; 0 or less
   *     for no array on one line
   * @param prefix white space before each line
   * @param indent white space for each level
   * @param sorted whether the members of objects are sorted by their keys
   */
  private record Options(long width, String prefix, String indent, boolean sorted) {

    static Options parse(String argument) {
      var options = new Options(80, "", "  ", false);
      for (var members = new Members(Value.parse(argument)); members.next(); ) {
        options = options.with(members.key().string(), members.value());
      }
      return options;
    }

    private Options with(String name, Value value) {
      return switch (name) {
        case "width" -> new Options(value.asInteger(), prefix, indent, sorted);
        case "prefix" -> new Options(width, whiteSpace(value.string()), indent, sorted);
        case "indent" -> new Options(width, prefix, whiteSpace(value.string()), sorted);
        case "sortKeys" -> new Options(width, prefix, indent, value.asFlag());
        default -> this;
      };
    }

    /** Returns the white space of the text, without its other characters. */
    private static String whiteSpace(String text) {
      var whiteSpace = new StringBuilder();
      for (int i = 0; i < text.length(); i++) {
        if (" \t\n\r".indexOf(text.charAt(i)) >= 0) {
          whiteSpace.append(text.charAt(i));
        }
      }
      return whiteSpace.toString();
    }
  }

  private PrettyPrinter(String json, Options options, Budget budget) {
    this.json = json;
    this.options = options;
    this.budget = budget;
    this.out = new Output(budget);
  }

  /** Formats the text by the options in {@code argument}, a JSON object or empty for none. */
  static String print(String json, String argument, Budget budget) {
    var pretty = new PrettyPrinter(json, Options.parse(argument), budget);
    pretty.out.append(pretty.options.prefix());
    pretty.value(0, true, UNLIMITED);
    return pretty.out.length() == 0 ? "" : pretty.out.append('\n').toString();
  }

  /**
   * Prints the next value; returns false if {@code limit} asks for one line and it does not fit.
   */
  private boolean value(int tabs, boolean multiline, long limit) {
    for (; at < json.length(); at++) {
      switch (json.charAt(at)) {
        case '"' -> {
          return copy(JsonScanner.squashEnd(json, at));
        }
        case '{' -> {
          return object(tabs, multiline, limit);
        }
        case '[' -> {
          return array(tabs, multiline, limit);
        }
        case 't' -> {
          return word("true");
        }
        case 'f' -> {
          return word("false");
        }
        default -> {
          if (startsNumber()) {
            return copy(numberEnd());
          }
          if (json.charAt(at) == 'n') {
            return word("null");
          }
        }
      }
    }
    return true;
  }

  private boolean startsNumber() {
    char c = json.charAt(at);
    boolean nan = c == 'n' && JsonScanner.startsNan(json, at);
    return nan || (c >= '0' && c <= '9') || "-iI+N".indexOf(c) >= 0;
  }

  private int numberEnd() {
    int end = JsonScanner.numberEnd(json, at);
    int colon = json.substring(at, end).indexOf(':', 1);
    return colon < 0 ? end : at + colon;
  }

  private boolean copy(int end) {
    out.append(json, at, end);
    at = end;
    return true;
  }

  private boolean word(String word) {
    out.append(word);
    at = Math.min(at + word.length(), json.length());
    return true;
  }

  private boolean array(int tabs, boolean multiline, long limit) {
    if (options.width() > 0 && multiline && limit == UNLIMITED && oneLine()) {
      return true;
    }
    return block(new Block(']', tabs, multiline, limit));
  }

  /** Prints an array on one line; if it does not fit, takes it back and returns false. */
  private boolean oneLine() {
    long limit = options.width() - out.bytesFrom(lineStart);
    if (limit <= 3) {
      return false;
    }
    int start = at;
    int length = out.length();
    int line = lineStart;
    boolean fits = block(new Block(']', 0, false, limit));
    lineStart = line;
    if (fits && out.bytesFrom(length) <= limit) {
      return true;
    }
    out.truncate(length);
    at = start;
    return false;
  }

  private boolean object(int tabs, boolean multiline, long limit) {
    if (options.width() > 0 && limit != UNLIMITED) {
      return false;
    }
    return block(new Block('}', tabs, multiline, limit));
  }

  /**
   * An object or array being printed.
   *
   * @param close its closing bracket
   * @param tabs levels of indentation
   * @param multiline whether each member gets a line of its own
   * @param limit columns left for it on this line, or {@link #UNLIMITED}
   * @param members the members printed so far, kept only if they are to be sorted
   */
  private record Block(
      char close, int tabs, boolean multiline, long limit, List<PrettyMember> members) {

    Block(char close, int tabs, boolean multiline, long limit) {
      this(close, tabs, multiline, limit, new ArrayList<>());
    }

    boolean isObject() {
      return close == '}';
    }
  }

  private boolean block(Block block) {
    budget.enter();
    boolean fits = members(block);
    budget.leave();
    return fits;
  }

  /** Prints from the opening to the closing bracket; an object never counts as fitting. */
  private boolean members(Block block) {
    out.append(json.charAt(at++));
    int opened = out.length();
    int count = 0;
    while (at < json.length()) {
      char c = json.charAt(at);
      if (c == block.close()) {
        close(block, opened, count);
        return !block.isObject();
      }
      if (c <= ' ' || (block.isObject() && c != '"')) {
        at++;
        continue;
      }
      if (count++ > 0) {
        comma(block);
      }
      if (!member(block) && block.limit() != UNLIMITED) {
        return false;
      }
    }
    return !block.isObject();
  }

  private void close(Block block, int opened, int count) {
    at++;
    if (block.multiline()) {
      PrettyMember.sort(block.members(), out);
      if (count > 0) {
        breakLine();
      }
      if (out.length() > opened) {
        indent(block.tabs());
      }
    }
    out.append(block.close());
  }

  private void comma(Block block) {
    out.append(',');
    if (!block.isObject() && options.width() != -1) {
      out.append(' ');
    }
  }

  private void breakLine() {
    lineStart = out.length();
    if (out.last() == ' ') {
      out.replaceLast('\n');
    } else {
      out.append('\n');
    }
  }

  private void indent(int tabs) {
    out.append(options.prefix());
    for (int i = 0; i < tabs; i++) {
      out.append(options.indent());
    }
  }

  private boolean member(Block block) {
    if (block.multiline()) {
      breakLine();
    }
    int start = out.length();
    if (block.multiline()) {
      indent(block.tabs() + 1);
    }
    int keyStart = at;
    if (block.isObject()) {
      copy(JsonScanner.squashEnd(json, at));
      out.append(block.multiline() ? ": " : ":");
    }
    var key = block.isObject() ? json.substring(keyStart, at) : "";
    boolean fits = value(block.tabs() + 1, block.multiline(), block.limit());
    if (options.sorted() && block.isObject() && block.multiline()) {
      block.members().add(new PrettyMember(key, out.from(start)));
    }
    return fits;
  }
}
