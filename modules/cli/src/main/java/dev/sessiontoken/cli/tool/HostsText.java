package dev.sessiontoken.cli.tool;

import dev.sessiontoken.cli.args.UsageException;
import dev.sessiontoken.spi.Printable;
import dev.sessiontoken.spi.SessionTokenException.NotConfigured;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The text of a hosts file. A line is {@code HOST[/PATH] PROVIDER [user=NAME|user=@sub]
 * [header=Bearer]}, and {@code #} at the beginning of a word begins a comment.
 *
 * @param source names the text in messages
 * @param lines without line ends
 */
record HostsText(String source, List<String> lines) {
  private static final String STEP = "read the hosts file";
  private static final String HINT =
      "a line is HOST[/PATH] PROVIDER [user=NAME|user=@sub] [header=Bearer]";
  private static final int MAX_WORD = 2000;

  /** A word of a line, and the column at which the word begins; the first is 1. */
  private record Word(String text, int column) {}

  static HostsText of(String source, String text) {
    return new HostsText(source, List.of(text.split("\n", -1)));
  }

  /**
   * Returns the rule that a line with these words is.
   *
   * @param words behind the host
   * @throws UsageException if they are no such line
   */
  static HostRule rule(ToolHost place, List<String> words) {
    String line = place.place() + " " + String.join(" ", words);
    try {
      var rules = of("the arguments", line).rules();
      if (rules.size() == 1 && rules.getFirst().text().equals(line)) return rules.getFirst();
    } catch (NotConfigured e) {
      throw new UsageException(e.problem());
    }
    throw new UsageException("provider and user name hold no blanks and no comments");
  }

  /**
   * Returns the rules, in the order of their lines.
   *
   * @throws NotConfigured at the first line that is wrong; the message has line and column
   */
  List<HostRule> rules() throws NotConfigured {
    var rules = new ArrayList<HostRule>();
    for (int i = 0; i < lines.size(); i++) {
      var rule = rule(i);
      if (rule.isPresent()) rules.add(rule.get());
    }
    return rules;
  }

  /**
   * Returns the rule in a line; empty if the line is blank or a comment.
   *
   * @param index of the line; the first is 0
   */
  Optional<HostRule> rule(int index) throws NotConfigured {
    var words = words(index);
    if (words.isEmpty()) return Optional.empty();
    if (words.size() < 2) {
      throw wrong(index, lines.get(index).length() + 1, "the provider is missing");
    }
    Optional<String> user = Optional.empty();
    boolean isBearer = false;
    for (var word : words.subList(2, words.size())) {
      if (word.text().startsWith("user=") && user.isEmpty()) user = Optional.of(user(index, word));
      else if (word.text().equals("header=Bearer") && !isBearer) isBearer = true;
      else throw wrong(index, word.column(), "unknown or repeated word " + shown(word));
    }
    var place = place(index, words.getFirst());
    var origin = new HostRule.Origin(source, index + 1);
    return Optional.of(new HostRule(place, words.get(1).text(), user, isBearer, origin));
  }

  private ToolHost place(int index, Word word) throws NotConfigured {
    try {
      if (word.text().contains("://")) throw wrong(index, word.column(), "a host has no scheme");
      return ToolHost.parse(word.text());
    } catch (NotConfigured e) {
      if (e.step().equals(STEP)) throw e;
      throw wrong(index, word.column(), "this is no host: " + shown(word));
    }
  }

  private String user(int index, Word word) throws NotConfigured {
    String name = word.text().substring("user=".length());
    if (name.isEmpty()) throw wrong(index, word.column(), "the user name is empty");
    boolean isUnknown = name.startsWith("@") && !name.equals(HostRule.SUBJECT);
    if (isUnknown) throw wrong(index, word.column(), "of names with @, only @sub is known");
    return name;
  }

  private List<Word> words(int index) throws NotConfigured {
    String line = lines.get(index);
    var words = new ArrayList<Word>();
    int end = endOfRule(line);
    for (int i = 0; i < end; ) {
      int start = i;
      while (i < end && !isBlank(line.charAt(i))) i++;
      if (i > start) words.add(word(index, start, line.substring(start, i)));
      else i++;
    }
    return words;
  }

  private Word word(int index, int start, String text) throws NotConfigured {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isISOControl(text.charAt(i)) || text.charAt(i) == '\uFFFD') {
        throw wrong(index, start + i + 1, "a control character, or a byte that is not UTF-8");
      }
    }
    if (text.length() > MAX_WORD) throw wrong(index, start + 1, "a word of over 2000 characters");
    return new Word(text, start + 1);
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\r';
  }

  /** Returns where the line's comment begins; the line's length if it has none. */
  private static int endOfRule(String line) {
    for (int i = line.indexOf('#'); i >= 0; i = line.indexOf('#', i + 1)) {
      if (i == 0 || isBlank(line.charAt(i - 1))) return i;
    }
    return line.length();
  }

  /** Returns the comment of a line with the blanks before it; empty text without one. */
  String comment(int index) {
    String line = lines.get(index);
    int start = endOfRule(line);
    if (start == line.length()) return "";
    while (start > 0 && isBlank(line.charAt(start - 1))) start--;
    return line.substring(start);
  }

  private static String shown(Word word) {
    return "\"" + Printable.of(word.text(), 60) + "\"";
  }

  private NotConfigured wrong(int index, int column, String problem) {
    String place = Printable.of(source, 300) + ":" + (index + 1) + ":" + column;
    return new NotConfigured(STEP, place + ": " + problem, HINT, null);
  }
}
