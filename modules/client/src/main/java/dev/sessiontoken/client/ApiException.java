package dev.sessiontoken.client;

import dev.sessiontoken.http.Answer;
import dev.sessiontoken.spi.Printable;
import dev.sessiontoken.spi.SessionTokenException.BadAnswer;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A refusal by the deployment, in the deployment's words. Always the cause of another exception,
 * whose kind says what the refusal means.
 *
 * <p>Bodies are read as the original's {@code ReadBodyAsError} does (codersdk/client.go).
 */
public final class ApiException extends Exception {
  private static final long serialVersionUID = 1L;

  private static final int MAX_MESSAGE = 300;
  private static final int MAX_DETAIL = 600;

  /** The status code. */
  private final int status;

  /** The header {@code X-Coder-Request-Id}, empty text if there was none. */
  private final String requestId;

  /** How long the answer asks to wait, null if it does not. */
  private final @Nullable Duration retryAfter;

  private ApiException(Answer answer, String words) {
    super(answer.step() + ": HTTP " + answer.status() + ": " + words);
    this.status = answer.status();
    this.retryAfter = answer.retryAfter(Instant.now()).orElse(null);
    this.requestId =
        answer
            .header("X-Coder-Request-Id")
            .map(answer::hide)
            .map(id -> Printable.of(id, 64))
            .orElse("");
  }

  /** Whether an answer is a JSON object that is declared as JSON: proxies send something else. */
  static boolean isFromApi(Answer answer) {
    if (!answer.mediaType().equals("application/json")) return false;
    try {
      answer.json();
      return true;
    } catch (BadAnswer e) {
      return false;
    }
  }

  static ApiException of(Answer answer, String words) {
    return new ApiException(answer, words);
  }

  /** Returns the HTTP status code. */
  public int status() {
    return status;
  }

  /**
   * Returns how long the deployment asks to wait before another request, as {@link
   * Answer#retryAfter} says; empty if it does not ask.
   */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }

  /** Returns the request's id in the deployment's log; empty if the answer had none. */
  public Optional<String> requestId() {
    return requestId.isEmpty() ? Optional.empty() : Optional.of(requestId);
  }

  /** Returns what an unexpected answer says, as one line without secrets. */
  static String text(Answer answer) {
    if (answer.status() / 100 == 2) return "an unexpected success"; // may hold a token
    if (answer.isHtml()) return answer.page();
    String type = answer.mediaType();
    if (answer.text().isBlank()) return "no response body";
    if (!type.equals("application/json")) {
      return joined(
          "unexpected non-JSON response \"" + Printable.of(type, 60) + "\"",
          answer.text().contains("_token") ? "not shown" : answer.hide(answer.text()));
    }
    try {
      return decode(answer, answer.json());
    } catch (BadAnswer e) {
      return "JSON that cannot be read";
    }
  }

  private static String decode(Answer answer, JsonObject body) {
    String message = answer.hide(string(body, "message"));
    if (message.isBlank()) return keysOf(body);
    var words = new StringBuilder(joined(message, answer.hide(string(body, "detail"))));
    if (body.get("validations") instanceof JsonArray validations) {
      for (var each : validations) {
        if (each instanceof JsonObject one) {
          String validation = string(one, "field") + ": " + string(one, "detail");
          words.append("; ").append(Printable.of(answer.hide(validation), MAX_MESSAGE));
        }
        if (words.length() > 2 * MAX_DETAIL) break;
      }
    }
    return words.toString();
  }

  /** Returns the keys alone: a value may be a token. */
  private static String keysOf(JsonObject body) {
    return "the response has no message, only: "
        + Printable.of(String.join(", ", body.keySet()), MAX_MESSAGE);
  }

  private static String joined(String message, String detail) {
    String first = Printable.of(message, MAX_MESSAGE);
    if (detail.isBlank()) return first;
    boolean ended = first.endsWith(".") || first.endsWith("!") || first.endsWith(":");
    return first + (ended ? " " : ": ") + Printable.of(detail, MAX_DETAIL);
  }

  private static String string(JsonObject body, String name) {
    return body.get(name) instanceof JsonString string ? string.getString() : "";
  }
}
