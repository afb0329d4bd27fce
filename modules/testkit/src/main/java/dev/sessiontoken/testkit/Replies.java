package dev.sessiontoken.testkit;

import dev.sessiontoken.testkit.FakeServer.Reply;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

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

  /** Status 200 and {@code null}, which is what calls answer that only take something. */
  static Reply nothing() {
    var headers = headers();
    headers.put("Content-Type", "application/json; charset=utf-8");
    return new Reply(200, headers, "null\n");
  }

  /** The dashboard, which is what every path outside the API gives. */
  static Reply html() {
    var headers = headers();
    headers.put("Content-Type", "text/html; charset=utf-8");
    return new Reply(200, headers, "<!doctype html><html><title>Coder</title></html>\n");
  }

  /** Limits end with the minute of the server's clock, in Unix seconds. */
  private static long nextMinute() {
    return (Instant.now().getEpochSecond() / 60 + 1) * 60;
  }

  static Map<String, String> headers() {
    var headers = new LinkedHashMap<String, String>();
    headers.put("X-Coder-Build-Version", "v2.34.0");
    headers.put("X-Coder-Request-Id", UUID.randomUUID().toString());
    headers.put("X-Content-Type-Options", "nosniff");
    headers.put("Set-Cookie", "csrf_token=" + csrfToken() + "; Path=/; HttpOnly; SameSite=Lax");
    headers.put("Vary", "Origin\nCookie");
    headers.put("X-Ratelimit-Limit", "512");
    headers.put("X-Ratelimit-Remaining", "511");
    headers.put("X-Ratelimit-Reset", String.valueOf(nextMinute()));
    return headers;
  }

  /** A new cookie each time, which no client but a browser keeps. */
  private static String csrfToken() {
    var random = new byte[32];
    ThreadLocalRandom.current().nextBytes(random);
    return Base64.getEncoder().encodeToString(random);
  }
}
