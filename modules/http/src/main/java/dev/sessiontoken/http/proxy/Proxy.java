package dev.sessiontoken.http.proxy;

import java.util.Optional;

/**
 * An HTTP proxy.
 *
 * @param host name or address, an IPv6 address without brackets
 * @param port port, 1 to 65535
 * @param credentials user and password, if its URL has them
 * @param origin name of the environment variable that holds its URL, or of the selector
 */
public record Proxy(String host, int port, Optional<Credentials> credentials, String origin) {

  /** Returns the variable that can hold user and password: a selector cannot name them. */
  public String variable() {
    return origin.indexOf(' ') < 0 ? origin : "HTTPS_PROXY";
  }

  /** User and password for a proxy. */
  public record Credentials(String user, String password) {

    /** Leaves user and password out: both are private. */
    @Override
    public String toString() {
      return "Credentials[]";
    }
  }

  /** Leaves the password out. */
  @Override
  public String toString() {
    return "Proxy[" + host + ":" + port + " from " + origin + "]";
  }
}
