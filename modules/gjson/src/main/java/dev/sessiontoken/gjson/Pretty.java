package dev.sessiontoken.gjson;

import java.util.ArrayList;
import java.util.List;

/** Lays a text out in lines, as {@code @pretty} does: arrays on one line where they fit. */
final class Pretty {
  /** The columns a one-line array may take, where there is no such array. */
  private static final long UNLIMITED = -1;

  private final String json;
  private final Options options;
  private final Allowance allowance;
  private final Output out;
  private int at;
  private int lineStart;

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
        case "prefix" -> new Options(width, blank(value.string()), indent, sorted);
        case "indent" -> new Options(width, prefix, blank(value.string()), sorted);
        case "sortKeys" -> new Options(width, prefix, indent, value.asFlag());
        default -> this;
      };
    }

    /** What of the text is white space. */
    private static String blank(String text) {
      var blank = new StringBuilder();
      for (int i = 0; i < text.length(); i++) {
        if (" \t\n\r".indexOf(text.charAt(i)) >= 0) {
          blank.append(text.charAt(i));
        }
      }
      return blank.toString();
    }
  }

  private Pretty(String json, Options options, Allowance allowance) {
    this.json = json;
    this.options = options;
    this.allowance = allowance;
    this.out = new Output(allowance);
  }

  static String print(String json, String argument, Allowance allowance) {
    var pretty = new Pretty(json, Options.parse(argument), allowance);
    pretty.out.append(pretty.options.prefix());
    pretty.value(0, true, UNLIMITED);
    return pretty.out.length() == 0 ? "" : pretty.out.append('\n').toString();
  }

  /** Prints the next value; false if it cannot stand on one line though it should. */
  private boolean value(int tabs, boolean broken, long limit) {
    for (; at < json.length(); at++) {
      switch (json.charAt(at)) {
        case '"' -> {
          return copy(Tokens.squashEnd(json, at));
        }
        case '{' -> {
          return object(tabs, broken, limit);
        }
        case '[' -> {
          return array(tabs, broken, limit);
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
    boolean nan = c == 'n' && Tokens.startsNan(json, at);
    return nan || (c >= '0' && c <= '9') || "-iI+N".indexOf(c) >= 0;
  }

  private int numberEnd() {
    int end = Tokens.numberEnd(json, at);
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

  private boolean array(int tabs, boolean broken, long limit) {
    if (options.width() > 0 && broken && limit == UNLIMITED && oneLine()) {
      return true;
    }
    return block(new Block(']', tabs, broken, limit));
  }

  private boolean oneLine() {
    long limit = options.width() - out.bytesFrom(lineStart);
    if (limit <= 3) {
      return false;
    }
    int start = at;
    int length = out.length();
    int line = lineStart;
    boolean whole = block(new Block(']', 0, false, limit));
    lineStart = line;
    if (whole && out.bytesFrom(length) <= limit) {
      return true;
    }
    out.truncate(length);
    at = start;
    return false;
  }

  private boolean object(int tabs, boolean broken, long limit) {
    if (options.width() > 0 && limit != UNLIMITED) {
      return false;
    }
    return block(new Block('}', tabs, broken, limit));
  }

  /** How an object or array is to be printed, and its members so far if they are to be sorted. */
  private record Block(
      char close, int tabs, boolean broken, long limit, List<PrettyMember> members) {

    Block(char close, int tabs, boolean broken, long limit) {
      this(close, tabs, broken, limit, new ArrayList<>());
    }

    boolean isObject() {
      return close == '}';
    }
  }

  private boolean block(Block block) {
    allowance.enter();
    boolean whole = members(block);
    allowance.leave();
    return whole;
  }

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
    if (block.broken()) {
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
    if (block.broken()) {
      breakLine();
    }
    int start = out.length();
    if (block.broken()) {
      indent(block.tabs() + 1);
    }
    int keyStart = at;
    if (block.isObject()) {
      copy(Tokens.squashEnd(json, at));
      out.append(block.broken() ? ": " : ":");
    }
    var key = block.isObject() ? json.substring(keyStart, at) : "";
    boolean whole = value(block.tabs() + 1, block.broken(), block.limit());
    if (options.sorted() && block.isObject() && block.broken()) {
      block.members().add(new PrettyMember(key, out.from(start)));
    }
    return whole;
  }
}
