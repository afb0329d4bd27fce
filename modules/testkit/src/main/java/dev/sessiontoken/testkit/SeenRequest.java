package dev.sessiontoken.testkit;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request that a fake has received.
 *
 * @param method as sent
 * @param path without the query
 * @param query parameters by name, decoded
 * @param headers by name in lower case
 * @param body as text
 */
public record SeenRequest(
    String method,
    String path,
    Map<String, String> query,
    Map<String, List<String>> headers,
    String body) {

  /**
   * The first value of a header; empty if the request has none.
   *
   * @param name in lower case
   */
  public Optional<String> header(String name) {
    return headers.getOrDefault(name, List.of()).stream().findFirst();
  }

  /** The session token that the request carries in {@code Coder-Session-Token}, if it does. */
  public Optional<String> sessionToken() {
    return header("coder-session-token");
  }

  /** Leaves headers and body out: they may hold secrets. */
  @Override
  public String toString() {
    return method + " " + path + " " + query.keySet();
  }
}
