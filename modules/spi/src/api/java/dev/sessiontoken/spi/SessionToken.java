package dev.sessiontoken.spi;

import java.time.Instant;
import java.util.Optional;

/**
 * A secret that opens an agent's session with the deployment.
 *
 * @param value the secret itself: printable ASCII without white space, never logged
 * @param expiry when it stops working, empty if the issuer did not say
 */
public record SessionToken(String value, Optional<Instant> expiry) {

  /**
   * Refuses what could not travel in a header, without repeating it.
   *
   * @throws IllegalArgumentException if the value is empty or holds anything but printable ASCII
   */
  public SessionToken {
    if (!isSane(value)) {
      throw new IllegalArgumentException("a session token is printable ASCII without white space");
    }
  }

  /** A token whose issuer did not say when it stops working. */
  public static SessionToken of(String value) {
    return new SessionToken(value, Optional.empty());
  }

  /** Whether the value could be a token: at least one character, all printable ASCII. */
  public static boolean isSane(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c <= ' ' || c >= 0x7f) return false;
    }
    return !value.isEmpty();
  }

  /** Leaves the secret out. */
  @Override
  public String toString() {
    return "SessionToken[expiry=" + expiry.map(Instant::toString).orElse("none") + "]";
  }
}
