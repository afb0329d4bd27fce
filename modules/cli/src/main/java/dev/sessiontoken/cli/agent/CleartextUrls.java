package dev.sessiontoken.cli.agent;

import dev.sessiontoken.cli.args.Arguments;
import dev.sessiontoken.spi.Printable;
import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;

/**
 * Decides which {@code http://} URLs a token may be handed out for: those of this machine, and
 * those of hosts that {@code CODER_ALLOW_HTTP} names. Anybody on the way reads what is sent without
 * TLS, and a forged DNS answer or the URL of a submodule is enough to be on the way.
 */
public final class CleartextUrls {
  private static final String ALLOWED = "CODER_ALLOW_HTTP";
  private static final String HTTP = "http://";

  private CleartextUrls() {}

  /**
   * Returns why no token is handed out for a URL, as one line; empty if one may be.
   *
   * @param url without user name; URLs of other schemes are not looked at
   */
  public static Optional<String> refusal(String url, Arguments arguments) {
    if (!url.toLowerCase(Locale.ROOT).startsWith(HTTP)) return Optional.empty();
    String authority = authority(url).toLowerCase(Locale.ROOT);
    if (isThisMachine(host(authority)) || isAllowed(authority, arguments)) return Optional.empty();
    String shown = Printable.of(authority);
    return Optional.of(
        "no token for "
            + HTTP
            + shown
            + ", where it would cross the network unencrypted; use https://, or set "
            + ALLOWED
            + "="
            + shown);
  }

  private static String authority(String url) {
    int end = HTTP.length();
    while (end < url.length() && "/?#".indexOf(url.charAt(end)) < 0) end++;
    return url.substring(HTTP.length(), end);
  }

  private static String host(String authority) {
    int colon = authority.lastIndexOf(':');
    return colon > authority.lastIndexOf(']') ? authority.substring(0, colon) : authority;
  }

  private static boolean isThisMachine(String host) {
    if (host.equals("localhost") || host.endsWith(".localhost")) return true;
    boolean isBracketed = host.startsWith("[") && host.endsWith("]");
    try {
      return InetAddress.ofLiteral(isBracketed ? host.substring(1, host.length() - 1) : host)
          .isLoopbackAddress();
    } catch (IllegalArgumentException e) {
      return false; // a name
    }
  }

  private static boolean isAllowed(String authority, Arguments arguments) {
    for (String each : arguments.variable(ALLOWED).orElse("").split(",", -1)) {
      String allowed = each.strip().toLowerCase(Locale.ROOT);
      if (allowed.equals(authority) || allowed.equals(host(authority))) return !allowed.isEmpty();
    }
    return false;
  }
}
