package dev.sessiontoken.http;

import dev.sessiontoken.spi.SessionTokenException.BadAnswer;
import jakarta.json.JsonObject;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What came back: status, headers and the whole body, which is bounded. Immutable. */
public final class Answer {
  private static final String GONE = "[secret]";

  private final String step;
  private final int status;
  private final HttpHeaders headers;
  private final byte[] body;

  Answer(String step, int status, HttpHeaders headers, byte[] body) {
    this.step = step;
    this.status = status;
    this.headers = headers;
    this.body = body;
  }

  /** What was asked, for messages: method and URL without parameters. */
  public String step() {
    return step;
  }

  /**
   * The same answer for showing it: without a secret that whoever answered may have sent back.
   *
   * @param secret what must not be repeated; nothing happens if it is empty
   */
  public Answer without(String secret) {
    if (secret.isEmpty()) return this;
    var shown = new HashMap<String, List<String>>();
    headers
        .map()
        .forEach((name, values) ->
            shown.put(name, values.stream().map(each -> each.replace(secret, GONE)).toList()));
    byte[] bytes = text().replace(secret, GONE).getBytes(StandardCharsets.UTF_8);
    return new Answer(step, status, HttpHeaders.of(shown, (name, value) -> true), bytes);
  }

  /** The status code. */
  public int status() {
    return status;
  }

  /** The first value of a header, by its name in any case. */
  public Optional<String> header(String name) {
    return headers.firstValue(name);
  }

  /** The media type in lower case without its parameters, empty text if none was sent. */
  public String mediaType() {
    String type = header("Content-Type").orElse("");
    int end = type.indexOf(';');
    return (end < 0 ? type : type.substring(0, end)).strip().toLowerCase(Locale.ROOT);
  }

  /** The body as text; bytes that are no UTF-8 become replacement characters. */
  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /** Whether it is a page for people: by its declared type, or because it begins with {@code <}. */
  public boolean isHtml() {
    String type = mediaType();
    return type.equals("text/html")
        || type.equals("application/xhtml+xml")
        || (!type.equals("application/json") && text().stripLeading().startsWith("<"));
  }

  /**
   * The body as a JSON object, whatever its declared type.
   *
   * @throws BadAnswer if it is an HTML page, empty, no JSON, no object, or nested too deeply; the
   *     message does not repeat it
   */
  public JsonObject json() throws BadAnswer {
    return Json.object(this, body);
  }
}
