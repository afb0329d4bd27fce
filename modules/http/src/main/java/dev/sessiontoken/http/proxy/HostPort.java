package dev.sessiontoken.http.proxy;

import java.util.Optional;

/**
 * Host and port of an authority.
 *
 * @param host host without the brackets of an IPv6 address
 * @param port port as it was written, empty text if there is none
 */
record HostPort(String host, String port) {

  /** Reads {@code host[:port]} or {@code [address][:port]}; empty for anything else. */
  static Optional<HostPort> of(String text) {
    if (text.startsWith("[")) return bracketed(text);
    int colon = text.indexOf(':');
    if (colon < 0) return Optional.of(new HostPort(text, ""));
    if (colon != text.lastIndexOf(':')) return Optional.empty();
    return Optional.of(new HostPort(text.substring(0, colon), text.substring(colon + 1)));
  }

  private static Optional<HostPort> bracketed(String text) {
    int close = text.indexOf(']');
    if (close < 0) return Optional.empty();
    var host = text.substring(1, close);
    var rest = text.substring(close + 1);
    if (!rest.isEmpty() && rest.charAt(0) != ':') return Optional.empty();
    return Optional.of(new HostPort(host, rest.isEmpty() ? "" : rest.substring(1)));
  }

  /** Returns the number that up to five digits stand for, or -1. */
  static int number(String digits) {
    boolean isNumber = digits.chars().allMatch(c -> c >= '0' && c <= '9');
    if (digits.isEmpty() || digits.length() > 5 || !isNumber) return -1;
    return Integer.parseInt(digits);
  }
}
