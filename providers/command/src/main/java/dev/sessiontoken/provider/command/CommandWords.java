package dev.sessiontoken.provider.command;

import jakarta.json.JsonArray;
import jakarta.json.JsonString;
import java.util.ArrayList;
import java.util.List;

/**
 * Splits a command into the program and its arguments. No shell is involved: {@code $}, {@code *},
 * {@code ;}, {@code |} and their like are ordinary characters.
 *
 * <ul>
 *   <li>White space parts the words.
 *   <li>Between {@code '} and {@code '}, each character is itself.
 *   <li>Between {@code "} and {@code "}, each character is itself; but a backslash before {@code "}
 *       or another backslash is left out, and takes the meaning from the character after it.
 *   <li>Elsewhere, a backslash is left out, and takes the meaning from the character after it.
 *   <li>A command that begins with {@code [} is a JSON list of strings, one for each word.
 * </ul>
 */
final class CommandWords {
  private static final char NONE = 0;

  private final String command;
  private final List<String> words = new ArrayList<>();
  private final StringBuilder word = new StringBuilder();
  private boolean isInWord;
  private char quote = NONE;
  private int at;

  private CommandWords(String command) {
    this.command = command;
  }

  /**
   * Returns the program, which is not empty, and its arguments.
   *
   * @throws IllegalArgumentException if the text is no command; the message says why and repeats
   *     nothing of it
   */
  static List<String> of(String command) {
    String text = command.strip();
    var words = text.startsWith("[") ? ofJson(text) : new CommandWords(text).split();
    if (words.isEmpty() || words.getFirst().isEmpty()) {
      throw new IllegalArgumentException("it names no program");
    }
    if (words.stream().anyMatch(word -> word.indexOf('\0') >= 0)) {
      throw new IllegalArgumentException("it holds the character NUL");
    }
    return words;
  }

  private List<String> split() {
    for (at = 0; at < command.length(); at++) take(command.charAt(at));
    if (quote != NONE) throw new IllegalArgumentException("a quotation mark is open");
    endWord();
    return words;
  }

  private void take(char c) {
    if (c == '\\' && quote != '\'') takeBackslash();
    else if (c == quote) quote = NONE;
    else if (quote != NONE) word.append(c);
    else if (c == '"' || c == '\'') openQuote(c);
    else if (Character.isWhitespace(c)) endWord();
    else append(c);
  }

  /** Within quotation marks, a backslash before other characters is itself. */
  private void takeBackslash() {
    boolean isLast = at + 1 == command.length();
    if (isLast) throw new IllegalArgumentException("a backslash is the last character");
    char next = command.charAt(at + 1);
    if (quote == '"' && next != '"' && next != '\\') {
      append('\\');
      return;
    }
    append(next);
    at++;
  }

  private void openQuote(char mark) {
    quote = mark;
    isInWord = true; // a pair of quotation marks with nothing inside is an empty word
  }

  private void append(char c) {
    isInWord = true;
    word.append(c);
  }

  private void endWord() {
    if (isInWord) words.add(word.toString());
    word.setLength(0);
    isInWord = false;
  }

  private static List<String> ofJson(String text) {
    var words = new ArrayList<String>();
    for (var value : list(text)) {
      if (!(value instanceof JsonString string)) {
        throw new IllegalArgumentException("the JSON list holds something that is not a string");
      }
      words.add(string.getString());
    }
    return words;
  }

  private static JsonArray list(String text) {
    try {
      return JsonText.read(text).asJsonArray();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("it begins with [ and is broken JSON");
    }
  }
}
