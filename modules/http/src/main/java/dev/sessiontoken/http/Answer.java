package dev.sessiontoken.http;

import dev.sessiontoken.spi.Printable;
import dev.sessiontoken.spi.Secrets;
import dev.sessiontoken.spi.ServiceAnswer;
import dev.sessiontoken.spi.SessionTokenException.BadAnswer;
import jakarta.json.JsonObject;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The answer to a request: status, headers and the whole body, which has a limit. Immutable. */
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

  Answer(String step, int status, HttpHeaders headers, byte[] body, Secrets secrets, String note) {
    this.step = step;
    this.status = status;
    this.headers = headers;
    this.body = body;
    this.secrets = secrets;
    this.note = note;
  }

  /** Returns what messages call the request: method and URL without parameters; never null. */
  public String step() {
    return step;
  }

  /**
   * Returns text of the answer with each secret of the request replaced by {@code [secret]}: a
   * server may send back what it was sent.
   */
  public String hide(String text) {
    return secrets.hide(text);
  }

  /** Returns the same answer, which hides another secret as well. */
  public Answer hiding(String secret) {
    return new Answer(step, status, headers, body, secrets.and(secret), note);
  }

  /**
   * Returns what a message about the answer ends with, such as the number of tries; may be empty.
   */
  public String note() {
    return note;
  }

  /** Returns the same answer with another note. */
  Answer withNote(String note) {
    return new Answer(step, status, headers, body, secrets, note);
  }

  /** Returns the status code. */
  public int status() {
    return status;
  }

  /** Returns the first value of a header, whose name may be in any case. */
  public Optional<String> header(String name) {
    return headers.firstValue(name);
  }

  /** Returns the time of the server when it answered: the header {@code Date}, if it is one. */
  public Optional<Instant> date() {
    return header("Date").flatMap(HttpDate::parse);
  }

  /**
   * Returns how long the answer asks to wait before another request: as {@code Retry-After} (RFC
   * 9110, section 10.2.3) says, in seconds or as a date. With status 429 it is the time until
   * {@code X-Ratelimit-Reset} if that is earlier: coderd always asks for 60 seconds, but its limit
   * ends with the minute of its clock.
   *
   * @param now the time of this machine, used if the answer has no {@code Date}
   * @return empty if the answer does not ask; zero if the time is over; never negative
   */
  public Optional<Duration> retryAfter(Instant now) {
    return RetryAfter.of(this, now);
  }

  /** Returns the media type in lower case without parameters; empty text if there is none. */
  public String mediaType() {
    String type = header("Content-Type").orElse("");
    int end = type.indexOf(';');
    return (end < 0 ? type : type.substring(0, end)).strip().toLowerCase(Locale.ROOT);
  }

  /** Returns the same answer as one of a provider's own service. */
  ServiceAnswer ofService(Secrets hidden) {
    return new ServiceAnswer(step, status, headers.map(), body, hidden, note);
  }

  /** Returns the body as text; bytes that are not UTF-8 become replacement characters. */
  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /** Returns whether the body is an HTML page: by its type, or because it begins with {@code <}. */
  public boolean isHtml() {
    String type = mediaType();
    return type.equals("text/html")
        || type.equals("application/xhtml+xml")
        || (!type.equals("application/json") && text().stripLeading().startsWith("<"));
  }

  /** Returns a phrase for an HTML page with its title, which often names the cause. */
  public String page() {
    var head = text().substring(0, Math.min(text().length(), MAX_HEAD));
    // no constant: to compile the pattern costs a millisecond, and most calls do not need it
    var title = Pattern.compile(TITLE).matcher(head);
    if (!title.find() || title.group(1).isBlank()) return "an HTML page instead of JSON";
    String words = hide(title.group(1).strip().replaceAll("\\s+", " "));
    return "an HTML page instead of JSON (\"" + Printable.of(words, 80) + "\")";
  }

  /**
   * Returns the body as a JSON object, whatever its declared type; never null.
   *
   * @throws BadAnswer if the body is an HTML page, empty, not JSON, not an object, or nested more
   *     than 64 levels; the message does not quote the body
   */
  public JsonObject json() throws BadAnswer {
    return Json.object(this);
  }
}
