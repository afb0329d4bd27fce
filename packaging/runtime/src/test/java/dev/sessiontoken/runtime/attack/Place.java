package dev.sessiontoken.runtime.attack;

import dev.sessiontoken.demo.fuzz.Http2Frames;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A place of an HTTP/1.1 answer at which a server can send back what it was sent.
 *
 * @param name for reports
 * @param answer the whole answer, with the given text in that place
 */
record Place(String name, UnaryOperator<String> answer) {
  private static final String END = "\r\n\r\n";

  private static Place at(String name, UnaryOperator<String> answer) {
    return new Place(name, answer);
  }

  private static String json(String status, String body) {
    return body("HTTP/1.1 " + status + "\r\nContent-Type: application/json", body);
  }

  private static String body(String head, String body) {
    return head + "\r\nContent-Length: " + body.length() + END + body;
  }

  static List<Place> all() {
    var all = new ArrayList<Place>();
    all.addAll(heads());
    all.addAll(bodies());
    all.addAll(pieces());
    return all;
  }

  static List<Place> heads() {
    return List.of(
        at("reason", c -> body("HTTP/1.1 403 " + c, "no")),
        at("status", c -> "HTTP/1.1 " + c + " OK" + END),
        at("first line", c -> c + END),
        at("version", c -> "HTTP/" + c + " 200 OK" + END),
        at("header name", c -> body("HTTP/1.1 403 No\r\n" + c + ": x", "no")),
        at("broken header name", c -> body("HTTP/1.1 403 No\r\nX " + c + ": x", "no")),
        at("header without colon", c -> body("HTTP/1.1 403 No\r\n" + c, "no")),
        at("header value", c -> body("HTTP/1.1 403 No\r\nX-A: " + c, "no")),
        at("broken header value", c -> body("HTTP/1.1 403 No\r\nX-A: \u0001" + c, "no")),
        at("Content-Encoding", c -> body("HTTP/1.1 200 OK\r\nContent-Encoding: " + c, "{}")),
        at("Content-Type", c -> body("HTTP/1.1 403 No\r\nContent-Type: " + c, "no")),
        at("subtype", c -> body("HTTP/1.1 403 No\r\nContent-Type: text/" + c, "no")),
        at("Content-Length", c -> "HTTP/1.1 200 OK\r\nContent-Length: " + c + END),
        at("Transfer-Encoding", c -> "HTTP/1.1 200 OK\r\nTransfer-Encoding: " + c + END),
        at("Retry-After", c -> body("HTTP/1.1 429 No\r\nRetry-After: " + c, "no")),
        at("Date", c -> body("HTTP/1.1 503 No\r\nDate: " + c, "no")),
        at("WWW-Authenticate", c -> body("HTTP/1.1 401 No\r\nWWW-Authenticate: " + c, "no")),
        at("Upgrade", c -> "HTTP/1.1 101 Switching\r\nUpgrade: " + c + END),
        at("request id", c -> body("HTTP/1.1 403 No\r\nX-Coder-Request-Id: " + c, "no")),
        at("Location", c -> body("HTTP/1.1 307 To\r\nLocation: " + c, "")),
        at("Location's host", c -> body("HTTP/1.1 307 To\r\nLocation: http://" + c + "/", "")),
        at("Location's scheme", c -> body("HTTP/1.1 307 To\r\nLocation: x" + c + "://h/", "")),
        at("Location's path", c -> body("HTTP/1.1 307 To\r\nLocation: http://h/" + c, "")));
  }

  /** Frames of HTTP/2. */
  static List<Place> frames() {
    return List.of(
        at("status", c -> new Http2Frames().head(":status", c).body("no", true).text()),
        at(
            "header name",
            c -> new Http2Frames().head(":status", "403", c, "x").body("no", true).text()),
        at(
            "header value",
            c -> new Http2Frames().head(":status", "403", "x-a", "\n" + c).body("no", true).text()),
        at(
            "pseudo header",
            c -> new Http2Frames().head(":status", "403", ":" + c, "x").body("no", true).text()),
        at(
            "content type",
            c ->
                new Http2Frames()
                    .head(":status", "403", "content-type", c)
                    .body("no", true)
                    .text()),
        at(
            "length",
            c ->
                new Http2Frames()
                    .head(":status", "403", "content-length", c)
                    .body("no", true)
                    .text()),
        at("body", c -> new Http2Frames().head(":status", "403").body(c, true).text()),
        at(
            "trailer",
            c -> new Http2Frames().head(":status", "403").body("no", false).trailers(c, c).text()),
        at("end of the connection", c -> new Http2Frames().goAway(c).text()),
        at("no frame", c -> c + c));
  }

  static List<Place> bodies() {
    return List.of(
        at("message", c -> json("403 No", "{\"message\":\"" + c + "\"}")),
        at("message, 500", c -> json("500 No", "{\"message\":\"" + c + "\"}")),
        at("message, 404", c -> json("404 No", "{\"message\":\"" + c + "\"}")),
        at("message, 418", c -> json("418 No", "{\"message\":\"" + c + "\"}")),
        at("detail", c -> json("401 No", "{\"message\":\"m\",\"detail\":\"" + c + "\"}")),
        at(
            "validation",
            c ->
                json(
                    "400 No",
                    "{\"message\":\"m\",\"validations\":[{\"field\":\""
                        + c
                        + "\",\"detail\":\""
                        + c
                        + "\"}]}")),
        at("key", c -> json("403 No", "{\"" + c + "\":1}")),
        at("key, 200", c -> json("200 OK", "{\"" + c + "\":1}")),
        at("broken JSON", c -> json("200 OK", "{\"access_token\":" + c)),
        at("text", c -> json("200 OK", c)),
        at("a string", c -> json("200 OK", "\"" + c + "\"")),
        at("url", c -> json("200 OK", "{\"url\":\"" + c + "\"}")),
        at("broken token", c -> json("200 OK", "{\"access_token\":\"\\n" + c + "\"}")),
        at("type", c -> json("200 OK", "{\"type\":\"" + c + "\"}")),
        at("title", c -> json("200 OK", "<html><title>" + c + "</title></html>")),
        at(
            "title, 502",
            c -> body("HTTP/1.1 502 No\r\nContent-Type: text/html", "<title>" + c + "</title>")),
        at("plain body", c -> body("HTTP/1.1 403 No\r\nContent-Type: text/plain", c)),
        at("plain body, 502", c -> body("HTTP/1.1 502 No\r\nContent-Type: text/plain", c)),
        at("no type", c -> body("HTTP/1.1 400 No", "you sent: " + c)));
  }

  private static List<Place> pieces() {
    String chunked = "HTTP/1.1 403 No\r\nTransfer-Encoding: chunked" + END;
    return List.of(
        at("chunk extension", c -> chunked + "2;" + c + "=x\r\nno\r\n0" + END),
        at("chunk size", c -> chunked + c + "\r\nno\r\n0" + END),
        at("behind a chunk", c -> chunked + "2\r\nno" + c + "\r\n0" + END),
        at("trailer name", c -> chunked + "2\r\nno\r\n0\r\n" + c + ": x" + END),
        at("trailer value", c -> chunked + "2\r\nno\r\n0\r\nX-A: " + c + END),
        at("behind the answer", c -> body("HTTP/1.1 403 No", "no") + c));
  }
}
