package dev.sessiontoken.cli.agent;

import dev.sessiontoken.cli.args.Durations;
import dev.sessiontoken.client.ExternalAuth;
import dev.sessiontoken.spi.SessionTokenException.Unreachable;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** Checks how long a token is still valid: for a job that must not lose its token on the way. */
public final class TokenLife {
  private TokenLife() {}

  /**
   * Refuses a token that expires too early. A token without a known expiry is accepted.
   *
   * @param least value of {@link AccessToken#MIN_TTL}
   * @throws Unreachable with both times; another token may be had later
   */
  public static void require(String least, ExternalAuth.Linked linked, Instant now)
      throws Unreachable {
    var wanted = Durations.parse(AccessToken.MIN_TTL, least);
    if (linked.expiresAt().isEmpty()) return;
    var left = Duration.between(now, linked.expiresAt().get());
    if (left.compareTo(wanted) >= 0) return;
    throw new Unreachable(
        "check how long the token is valid",
        "for " + words(left) + ", but --min-ttl asks for " + words(wanted),
        "the deployment renews a token when it has expired: try again then",
        null);
  }

  private static String words(Duration duration) {
    var shown = duration.isNegative() ? Duration.ZERO : duration;
    return Duration.ofSeconds(shown.toSeconds()).toString().substring(2).toLowerCase(Locale.ROOT);
  }
}
