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
 * A request to the deployment's API.
 *
 * @param method such as {@code GET}
 * @param path from the root of the host, such as {@code /api/v2/buildinfo}
 * @param query parameters by name, unencoded; may be empty
 * @param body what to send as JSON, if anything
 */
public record Call(
    String method, String path, SortedMap<String, String> query, Optional<JsonObject> body) {

  /** A {@code GET} with parameters. */
  public static Call get(String path, Map<String, String> query) {
    return new Call("GET", path, new TreeMap<>(query), Optional.empty());
  }

  /** A {@code POST} of a JSON object. */
  public static Call post(String path, JsonObject body) {
    return new Call("POST", path, new TreeMap<>(), Optional.of(body));
  }

  /** Leaves parameters and body out: the body may be evidence of who this machine is. */
  @Override
  public String toString() {
    return method + " " + path;
  }

  /** What is being done, in a message: method and URL, without parameters. */
  String step(URI origin) {
    return method + " " + origin + path;
  }

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
