package dev.sessiontoken.spi;

import java.time.Instant;
import java.util.Optional;

/**
 * The secret with which an agent authenticates to its deployment: the value of the header {@code
 * Coder-Session-Token}.
 *
 * @param value the secret: at least one character, all printable ASCII without white space
 * @param expiry when the token stops working; empty if its issuer did not say so
 */
public record SessionToken(String value, Optional<Instant> expiry) {
  private static final String BYTE_ORDER_MARK = "\ufeff";
  private static final String EXPORT = "export ";

  /**
   * Checks that the value can be sent in a header.
   *
   * @throws IllegalArgumentException if the value is empty or holds another character than
   *     printable ASCII; the message does not repeat the value
   */
  public SessionToken {
    if (!isSane(value)) {
      throw new IllegalArgumentException("a session token is printable ASCII without white space");
    }
  }

  /**
   * Returns a token without a known expiry.
   *
   * @throws IllegalArgumentException as the constructor does
   */
  public static SessionToken of(String value) {
    return new SessionToken(value, Optional.empty());
  }

  /**
   * Returns the token in a text as variables and files hold it: without white space or a byte order
   * mark around it, without quotation marks, without {@code VARIABLE=} before it.
   *
   * @param variable the environment variable that holds tokens of this kind
   * @return text that need not be a token: see {@link #isSane}
   * @throws IllegalArgumentException if the text is a line {@code NAME=VALUE} of another variable;
   *     the message says so and does not repeat the text
   */
  public static String unwrap(String text, String variable) {
    String line = text.strip();
    if (line.startsWith(BYTE_ORDER_MARK)) line = line.substring(1).strip();
    if (line.startsWith(EXPORT)) line = line.substring(EXPORT.length()).strip();
    if (line.startsWith(variable + "=")) line = line.substring(variable.length() + 1).strip();
    else if (isAssignment(line)) {
      throw new IllegalArgumentException("it is a line NAME=VALUE of another variable");
    }
    return unquoted(line).strip();
  }

  /** A token in base64 may end in {@code =}, and has no other. */
  private static boolean isAssignment(String line) {
    int sign = line.indexOf('=');
    boolean hasValue = sign > 0 && sign + 1 < line.length() && line.charAt(sign + 1) != '=';
    return hasValue && line.substring(0, sign).chars().allMatch(SessionToken::isOfVariable);
  }

  private static boolean isOfVariable(int c) {
    return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  }

  private static String unquoted(String text) {
    int end = text.length() - 1;
    boolean isQuoted = end > 0 && text.charAt(0) == text.charAt(end);
    return isQuoted && "\"'".indexOf(text.charAt(0)) >= 0 ? text.substring(1, end) : text;
  }

  /** Returns whether a text can be a token: at least one character, all printable ASCII. */
  public static boolean isSane(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c <= ' ' || c >= 0x7f) return false;
    }
    return !value.isEmpty();
  }

  /** Returns the expiry; leaves the secret out. */
  @Override
  public String toString() {
    return "SessionToken[expiry=" + expiry.map(Instant::toString).orElse("none") + "]";
  }
}
