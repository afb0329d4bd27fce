package dev.sessiontoken.testkit;

import dev.sessiontoken.testkit.FakeServer.Reply;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** Makes answers with the headers and in the form of those of coderd. */
final class Replies {
  private Replies() {}

  static Reply error(int status, String message, String detail) {
    var body = Json.createObjectBuilder().add("message", message);
    if (!detail.isEmpty()) body.add("detail", detail);
    return json(status, body.build());
  }

  static Reply json(int status, JsonObject body) {
    var headers = headers();
    headers.put("Content-Type", "application/json; charset=utf-8");
    String text = body.toString().replace("<", "\\u003c").replace(">", "\\u003e");
    return new Reply(status, headers, text.replace("&", "\\u0026") + "\n");
  }

  /** The dashboard, which is what every path outside the API gives. */
  static Reply html() {
    var headers = headers();
    headers.put("Content-Type", "text/html; charset=utf-8");
    return new Reply(200, headers, "<!doctype html><html><title>Coder</title></html>\n");
  }

  static Map<String, String> headers() {
    var headers = new LinkedHashMap<String, String>();
    headers.put("X-Coder-Build-Version", "v2.26.0");
    headers.put("X-Coder-Request-Id", UUID.randomUUID().toString());
    headers.put("X-Content-Type-Options", "nosniff");
    headers.put("X-RateLimit-Limit", "512");
    headers.put("X-RateLimit-Remaining", "511");
    headers.put("X-RateLimit-Reset", "60");
    return headers;
  }
}
