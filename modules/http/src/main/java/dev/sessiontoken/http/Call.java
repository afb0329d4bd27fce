package dev.sessiontoken.http;

import jakarta.json.JsonObject;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.StringJoiner;
import java.util.TreeMap;

/**
 * A request to the API of a deployment.
 *
 * @param method HTTP method, such as {@code GET}
 * @param path path from the root of the host, such as {@code /api/v2/buildinfo}
 * @param query parameters by name, not encoded; may be empty
 * @param body JSON to send, empty for a request without a body
 */
public record Call(
    String method, String path, SortedMap<String, String> query, Optional<JsonObject> body) {

  /** Returns a {@code GET} with parameters, which are sent sorted by name. */
  public static Call get(String path, Map<String, String> query) {
    return new Call("GET", path, new TreeMap<>(query), Optional.empty());
  }

  /** Returns a {@code POST} of a JSON object. */
  public static Call post(String path, JsonObject body) {
    return new Call("POST", path, new TreeMap<>(), Optional.of(body));
  }

  /** Returns a {@code PATCH} of a JSON object. */
  public static Call patch(String path, JsonObject body) {
    return new Call("PATCH", path, new TreeMap<>(), Optional.of(body));
  }

  /** Leaves parameters and body out: the body may be evidence of who this machine is. */
  @Override
  public String toString() {
    return method + " " + path;
  }

  /** Returns what messages call this request: method and URL without parameters. */
  String step(URI origin) {
    return method + " " + origin + path;
  }

  /** Returns the URL of this request at a deployment, parameters included. */
  URI at(URI origin) {
    if (query.isEmpty()) return origin.resolve(path);
    var parameters = new StringJoiner("&", path + "?", "");
    query.forEach((name, value) -> parameters.add(encoded(name) + "=" + encoded(value)));
    return origin.resolve(parameters.toString());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
