package dev.sessiontoken.cli.git;

import java.util.List;
import java.util.Optional;

/**
 * A question of git to its askpass program, such as {@code Password for 'https://u@github.com': }.
 *
 * <p>git without the mend of CVE-2024-50349, or with {@code credential.sanitizePrompt=false},
 * writes the decoded user name into the question, so that the URL of a submodule can make it look
 * as if it were about another host. Hence all that stands between the quotation marks is parsed as
 * one URL by {@link GitUrl}, which refuses a URL whose host can be read in two ways.
 *
 * @param wantsPassword whether git asks for the password, else for the user name
 * @param user the user name in the question's URL, decoded, or empty text
 * @param url the question's URL without the user name: scheme, host, port and path
 */
record GitPrompt(boolean wantsPassword, String user, String url) {
  private static final List<String> KINDS = List.of("Username", "Password");

  /**
   * Parses a question as the original does (coder's cli/gitauth/askpass.go), and questions in other
   * languages by the quoted URL in them.
   *
   * @return empty if the text is no question of git for a user name or a password, or its URL is
   *     ambiguous
   */
  static Optional<GitPrompt> parse(String prompt) {
    String text = prompt.strip();
    String kind = text.substring(0, endOfWord(text, 0));
    if (!KINDS.contains(kind)) return translated(text);
    int word = startOfWord(text, kind.length());
    int rest = startOfWord(text, endOfWord(text, word));
    return subject(text.substring(rest))
        .flatMap(GitUrl::parse)
        .map(url -> new GitPrompt(kind.equals("Password"), url.user(), url.text()));
  }

  /** Returns whether a text is a question of git: no command of this program begins so. */
  static boolean isQuestion(String text) {
    String start = text.stripLeading();
    for (String kind : KINDS) if (start.startsWith(kind + " for ")) return true;
    return parse(text).isPresent();
  }

  private static int endOfWord(String text, int from) {
    int end = from;
    while (end < text.length() && !Character.isWhitespace(text.charAt(end))) end++;
    return end;
  }

  private static int startOfWord(String text, int from) {
    int start = from;
    while (start < text.length() && Character.isWhitespace(text.charAt(start))) start++;
    return start;
  }

  /** Returns the URL of a question that ends with it: quoted or not, with a colon or without. */
  private static Optional<String> subject(String rest) {
    int end = rest.length();
    while (end > 0 && isFollower(rest.charAt(end - 1))) end--;
    char quote = rest.isEmpty() ? ' ' : rest.charAt(0);
    if (quote != '\'' && quote != '"') return Optional.of(rest.substring(0, end));
    if (end < 2 || rest.charAt(end - 1) != quote) return Optional.empty();
    return unquoted(rest.substring(1, end - 1), quote);
  }

  private static boolean isFollower(char c) {
    return c == ':' || Character.isWhitespace(c);
  }

  /** A quotation mark within is the end only where no host can follow behind a user name. */
  private static Optional<String> unquoted(String content, char quote) {
    int inner = content.indexOf(quote);
    if (inner < 0) return Optional.of(content);
    boolean isAmbiguous = content.indexOf('@') >= 0;
    return isAmbiguous ? Optional.empty() : Optional.of(content.substring(0, inner));
  }

  /** A question in another language asks for the password if its URL has a user name. */
  private static Optional<GitPrompt> translated(String text) {
    if (text.isEmpty() || !Character.isLetter(text.codePointAt(0))) return Optional.empty();
    int open = opening(text);
    int close = text.length() - 1;
    while (close > open && !isQuote(text.charAt(close))) close--;
    if (open < 0 || close == open) return Optional.empty();
    String content = text.substring(open + 1, close);
    if (content.chars().anyMatch(GitPrompt::isQuote)) return Optional.empty();
    return GitUrl.parse(content)
        .map(url -> new GitPrompt(!url.user().isEmpty(), url.user(), url.text()));
  }

  /** Returns the place of the first quotation mark before a URL, or -1. */
  private static int opening(String text) {
    for (int i = 0; i < text.length(); i++) {
      boolean isUrl = text.startsWith("http://", i + 1) || text.startsWith("https://", i + 1);
      if (isUrl && isQuote(text.charAt(i))) return i;
    }
    return -1;
  }

  /** Quotation marks of any language: the mark that opens in one closes in another. */
  private static boolean isQuote(int c) {
    return switch (Character.getType(c)) {
      case Character.INITIAL_QUOTE_PUNCTUATION,
          Character.FINAL_QUOTE_PUNCTUATION,
          Character.START_PUNCTUATION,
          Character.END_PUNCTUATION ->
          c != '(' && c != ')' && c != '[' && c != ']' && c != '{' && c != '}';
      default -> c == '\'' || c == '"';
    };
  }

  /** Returns host and port of the URL. */
  String host() {
    int host = url.indexOf("://") + 3;
    return url.substring(host, GitUrl.endOfAuthority(url, host));
  }
}
