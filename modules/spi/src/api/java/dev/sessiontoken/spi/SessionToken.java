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
