package dev.sessiontoken.cli.git;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * An {@code http} or {@code https} URL for which git wants a login, as git writes it into a
 * question: encoded by current versions, decoded by older ones.
 *
 * <p>A token must reach no other host than the one that git connects to. So a URL whose host can be
 * read in two ways is refused: with a blank, a control character, a backslash, a second {@code @}
 * or a second {@code :} in its authority, with an {@code @} behind it, or with characters in its
 * host that no host name has. By hand, without regular expressions: these would backtrack over text
 * from outside.
 *
 * @param user the user name, decoded, or empty text
 * @param host host and port
 * @param text the URL without user name and password, percent-encoded
 */
record GitUrl(String user, String host, String text) {
  private static final String KEPT = "-._~:/?#[]@!$&'()*+,;=%";
  private static final String IN_USER = "-._~!$&'()*+,;=:%";
  private static final int MAX_PORT_DIGITS = 5;

  /** Takes a URL apart; empty if it is none, or its host can be read in two ways. */
  static Optional<GitUrl> parse(String text) {
    int colon = text.indexOf("://");
    String scheme = colon < 0 ? "" : text.substring(0, colon).toLowerCase(Locale.ROOT);
    if (!scheme.equals("https") && !scheme.equals("http")) return Optional.empty();
    if (!text.codePoints().allMatch(GitUrl::isVisible) || hasBadEscape(text)) {
      return Optional.empty();
    }
    int start = colon + 3;
    int end = endOfAuthority(text, start);
    String tail = text.substring(end);
    return tail.indexOf('@') >= 0
        ? Optional.empty()
        : authority(scheme, text.substring(start, end), tail);
  }

  private static Optional<GitUrl> authority(String scheme, String authority, String tail) {
    int at = authority.lastIndexOf('@');
    String info = at < 0 ? "" : authority.substring(0, at);
    String host = authority.substring(at + 1);
    boolean isBracketed = host.startsWith("[");
    int colons = count(info, ':') + (isBracketed ? 0 : count(host, ':'));
    if (colons > 1 || !isUserInfo(info) || !isHostAndPort(host)) return Optional.empty();
    int colon = info.indexOf(':');
    String user = decoded(colon < 0 ? info : info.substring(0, colon));
    return Optional.of(new GitUrl(user, host, scheme + "://" + encoded(host + tail)));
  }

  /** Returns where the authority ends that begins at an index. */
  static int endOfAuthority(String text, int start) {
    int end = start;
    while (end < text.length() && "/?#".indexOf(text.charAt(end)) < 0) end++;
    return end;
  }

  private static int count(String text, char c) {
    return (int) text.chars().filter(each -> each == c).count();
  }

  private static boolean isVisible(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          false;
      default -> c != '\\';
    };
  }

  private static boolean hasBadEscape(String text) {
    for (int i = text.indexOf('%'); i >= 0; i = text.indexOf('%', i + 1)) {
      if (escaped(text, i) < 0) return true;
    }
    return false;
  }

  /** Returns the byte that is escaped at an index, or -1. */
  private static int escaped(String text, int percent) {
    if (percent + 2 >= text.length()) return -1;
    int high = Character.digit(text.charAt(percent + 1), 16);
    int low = Character.digit(text.charAt(percent + 2), 16);
    return high < 0 || low < 0 ? -1 : high << 4 | low;
  }

  private static boolean isUserInfo(String info) {
    return info.chars().allMatch(c -> isAsciiLetterOrDigit(c) || IN_USER.indexOf(c) >= 0);
  }

  private static boolean isAsciiLetterOrDigit(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }

  private static boolean isHostAndPort(String text) {
    int close = text.startsWith("[") ? text.indexOf(']') + 1 : 0;
    int colon = text.indexOf(':', close);
    String host = colon < 0 ? text : text.substring(0, colon);
    String port = colon < 0 ? "" : text.substring(colon + 1);
    boolean isHost = close > 0 ? close == host.length() && isAddress(host) : isName(host);
    boolean isPort = port.length() <= MAX_PORT_DIGITS && port.chars().allMatch(Character::isDigit);
    return isHost && isPort;
  }

  private static boolean isAddress(String bracketed) {
    String address = bracketed.substring(1, bracketed.length() - 1);
    return address.indexOf(':') >= 0
        && address.chars().allMatch(c -> Character.digit(c, 16) >= 0 || c == ':' || c == '.');
  }

  /** Letters and digits of any language, and escapes of such: never an escaped ASCII character. */
  private static boolean isName(String host) {
    for (int i = 0; i < host.length(); i += Character.charCount(host.codePointAt(i))) {
      int c = host.codePointAt(i);
      boolean isEscape = c == '%' && escaped(host, i) >= 0x80;
      if (!isEscape && !Character.isLetterOrDigit(c) && c != '-' && c != '.' && c != '_') {
        return false;
      }
    }
    return !host.isEmpty();
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
      bytes.write(isEscape ? escaped(text, i) : text.charAt(i));
      if (isEscape) i += 2;
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
