package dev.sessiontoken.cli.git;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A question of git to its askpass program, such as {@code Password for 'https://u@github.com': }.
 *
 * @param wantsPassword whether it asks for the password, else for the user name
 * @param user the user name in its URL, decoded, or empty text
 * @param url its URL without that: scheme, host, port, path and all
 */
record GitPrompt(boolean wantsPassword, String user, String url) {
  private static final List<String> KINDS = List.of("Username", "Password");

  /** A word, and later a quotation mark before a URL: as in every language git speaks. */
  private static final Pattern QUOTED =
      Pattern.compile("\\p{L}.*?[\\p{Pi}\\p{Ps}'\"](https?://[^\\s\\p{Pf}\\p{Pi}\\p{Pe}'\"]+)");

  private static final Pattern SPACE = Pattern.compile("\\p{IsWhite_Space}+");
  private static final Pattern URL =
      Pattern.compile("(?i)(https?)://(?:([^/?#]*)@)?([^/?#@]*?(?::\\d*)?)([/?#].*)?");
  private static final Pattern HOST =
      Pattern.compile("(\\[[^\\[\\]]+]|[^\\[\\]:\"<>\\\\^`{|}]+)(:\\d*)?");
  private static final Pattern USER = Pattern.compile("[\\w.~!$&'()*+,;=:%@-]*");
  private static final Pattern BAD_ESCAPE = Pattern.compile("%(?![0-9A-Fa-f]{2})");
  private static final String KEPT = "-._~:/?#[]@!$&'()*+,;=%";

  /**
   * Takes a prompt apart as the original does (coder's cli/gitauth/askpass.go), and those of other
   * languages by the URL in them.
   *
   * @return empty if it is none of git's for a user name or a password
   */
  static Optional<GitPrompt> parse(String prompt) {
    var words = SPACE.splitAsStream(prompt).filter(word -> !word.isEmpty()).toList();
    if (words.isEmpty() || !KINDS.contains(words.getFirst())) return translated(prompt);
    if (words.size() < 3) return Optional.empty();
    String third = words.get(2).replaceAll("^[\"']+", "").replaceAll("[\"':]+$", "");
    return of(words.getFirst().equals("Password"), third);
  }

  /** A prompt in another language asks for the password if it knows the user. */
  private static Optional<GitPrompt> translated(String prompt) {
    var url = QUOTED.matcher(prompt);
    if (!url.find()) return Optional.empty();
    return of(false, url.group(1))
        .map(found -> new GitPrompt(!found.user().isEmpty(), found.user(), found.url()));
  }

  private static Optional<GitPrompt> of(boolean wantsPassword, String text) {
    var url = URL.matcher(text);
    if (BAD_ESCAPE.matcher(text).find() || !url.matches()) return Optional.empty();
    String info = url.group(2) == null ? "" : url.group(2);
    String host = url.group(3);
    if (!HOST.matcher(host).matches() || !USER.matcher(info).matches()) return Optional.empty();
    String path = url.group(4) == null ? "" : url.group(4);
    int colon = info.indexOf(':');
    return Optional.of(
        new GitPrompt(
            wantsPassword,
            decoded(colon < 0 ? info : info.substring(0, colon)),
            url.group(1).toLowerCase(Locale.ROOT) + "://" + encoded(host + path)));
  }

  /** Host and port of the URL. */
  String host() {
    return url.substring(url.indexOf("://") + 3).replaceAll("[/?#].*", "");
  }

  private static String encoded(String text) {
    var encoded = new StringBuilder();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      boolean isKept = b > 0 && (Character.isLetterOrDigit(b) || KEPT.indexOf(b) >= 0);
      if (isKept) encoded.append((char) b);
      else encoded.append(String.format(Locale.ROOT, "%%%02X", b));
    }
    return encoded.toString();
  }

  private static String decoded(String text) {
    var bytes = new ByteArrayOutputStream();
    for (int i = 0; i < text.length(); i++) {
      boolean isEscape = text.charAt(i) == '%';
      bytes.write(isEscape ? Integer.parseInt(text, i + 1, i + 3, 16) : text.charAt(i));
      if (isEscape) i += 2;
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
