package dev.sessiontoken.http;

import dev.sessiontoken.spi.Printable;
import dev.sessiontoken.spi.Secrets;
import dev.sessiontoken.spi.SessionTokenException.BadAnswer;
import jakarta.json.JsonObject;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What came back: status, headers and the whole body, which is bounded. Immutable. */
public final class Answer {
  private static final int MAX_HEAD = 8192;
  private static final String TITLE = "(?i)<title[^<>]{0,200}>([^<]{0,300})";

  private final String step;
  private final int status;
  private final HttpHeaders headers;
  private final byte[] body;
  private final Secrets secrets;
  private final String note;

  Answer(String step, int status, HttpHeaders headers, byte[] body) {
    this(step, status, headers, body, Secrets.of(List.of()), "");
  }

  private Answer(
      String step, int status, HttpHeaders headers, byte[] body, Secrets secrets, String note) {
    this.step = step;
    this.status = status;
    this.headers = headers;
    this.body = body;
    this.secrets = secrets;
    this.note = note;
  }

  /** What was asked, for messages: method and URL without parameters. */
  public String step() {
    return step;
  }

  /**
   * Text of the answer fit for showing: without what was sent along as a secret, which whoever
   * answered may have sent back.
   */
  public String hide(String text) {
    return secrets.hide(text);
  }

  /** The same answer, which hides another secret too. */
  public Answer hiding(String secret) {
    return new Answer(step, status, headers, body, secrets.and(secret), note);
  }

  /** What to add to a message about it, such as how many tries there were; may be empty. */
  public String note() {
    return note;
  }

  /** Returns the same answer with another note. */
  Answer withNote(String note) {
    return new Answer(step, status, headers, body, secrets, note);
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

  /** A page for people in the words of a message, with its title: mostly it says what is wrong. */
  public String page() {
    var head = text().substring(0, Math.min(text().length(), MAX_HEAD));
    var title = Pattern.compile(TITLE).matcher(head); // here, as most calls end without
    if (!title.find() || title.group(1).isBlank()) return "an HTML page instead of JSON";
    String words = hide(title.group(1).strip().replaceAll("\\s+", " "));
    return "an HTML page instead of JSON (\"" + Printable.of(words, 80) + "\")";
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
