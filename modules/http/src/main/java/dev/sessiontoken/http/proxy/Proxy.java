package dev.sessiontoken.http.proxy;

import java.util.Optional;

/**
 * The HTTP proxy to go through.
 *
 * @param host its name or address, an IPv6 address without brackets
 * @param port its port
 * @param credentials what it wants to hear, if the variable says
 * @param origin the environment variable that chose it
 */
public record Proxy(String host, int port, Optional<Credentials> credentials, String origin) {

  /** Who goes through the proxy. */
  public record Credentials(String user, String password) {

    /** Leaves the password out, and the name, which is no less private. */
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
