package dev.sessiontoken.http.proxy;

import java.net.InetAddress;
import java.util.Optional;

/** Addresses as Go's {@code net.ParseIP} reads them: four plain numbers, or IPv6 without a zone. */
public final class IpAddress {
  private IpAddress() {}

  /** The address, an IPv4 one if it is an IPv4 address mapped to IPv6. Asks no name server. */
  public static Optional<InetAddress> parse(String text) {
    boolean isSix = text.indexOf(':') >= 0;
    if (isSix ? text.indexOf('%') >= 0 || text.indexOf('[') >= 0 : !isDotted(text)) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.ofLiteral(text));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static boolean isDotted(String text) {
    var parts = text.split("\\.", -1);
    if (parts.length != 4) return false;
    for (var part : parts) if (!isByte(part)) return false;
    return true;
  }

  private static boolean isByte(String part) {
    int number = HostPort.number(part);
    return number >= 0 && number <= 255 && (part.length() == 1 || part.charAt(0) != '0');
  }
}
