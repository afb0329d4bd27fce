package dev.sessiontoken.http.proxy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/** Reads addresses as Go's {@code net.ParseIP}: four decimal numbers, or IPv6 without a zone. */
public final class IpAddress {
  private IpAddress() {}

  /** Returns the address; IPv4 addresses mapped to IPv6 as IPv4. Asks no name server. */
  public static Optional<InetAddress> parse(String text) {
    boolean isSix = text.indexOf(':') >= 0;
    if (isSix ? text.indexOf('%') >= 0 || text.indexOf('[') >= 0 : !isDotted(text)) {
      return Optional.empty();
    }
    try { // between brackets, the JDK takes a text for an address alone and never looks it up
      return Optional.of(InetAddress.getByName(isSix ? "[" + text + "]" : text));
    } catch (UnknownHostException e) {
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
