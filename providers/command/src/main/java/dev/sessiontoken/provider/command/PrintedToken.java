package dev.sessiontoken.provider.command;

import dev.sessiontoken.spi.SessionToken;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * The token in the output of the command: one line that is the token alone, with or without white
 * space, quotation marks or {@code CODER_AGENT_TOKEN=} around it; or a JSON object with the members
 * {@code token}, a string, and {@code expires}, a time as RFC 3339 writes it, which may be absent
 * or null. Other members are ignored.
 */
final class PrintedToken {
  private static final String VARIABLE = "CODER_AGENT_TOKEN";

  private PrintedToken() {}

  /**
   * Returns the token.
   *
   * @throws IllegalArgumentException if the output is none; the message says why and repeats
   *     nothing of the output
   */
  static SessionToken read(String output) {
    String text = output.strip();
    if (text.isEmpty()) throw new IllegalArgumentException("it prints nothing");
    return text.startsWith("{") ? ofJson(object(text)) : ofLine(text);
  }

  private static SessionToken ofLine(String text) {
    if (text.lines().count() > 1) throw new IllegalArgumentException("it prints several lines");
    return SessionToken.of(sane(unwrapped(text)));
  }

  private static String unwrapped(String text) {
    try {
      return SessionToken.unwrap(text, VARIABLE);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("it prints a line NAME=VALUE of another variable", null);
    }
  }

  private static String sane(String token) {
    if (SessionToken.isSane(token)) return token;
    throw new IllegalArgumentException(
        token.isEmpty()
            ? "it prints an empty token"
            : "it prints white space or characters that no token has");
  }

  private static SessionToken ofJson(JsonObject object) {
    return new SessionToken(
        sane(
            string(object, "token")
                .orElseThrow(() -> new IllegalArgumentException("its JSON has no member token"))),
        string(object, "expires").map(PrintedToken::instant));
  }

  private static Optional<String> string(JsonObject object, String member) {
    var value = object.getOrDefault(member, JsonValue.NULL);
    if (value.equals(JsonValue.NULL)) return Optional.empty();
    if (value instanceof JsonString string) return Optional.of(string.getString());
    throw new IllegalArgumentException("the member " + member + " of its JSON is no string");
  }

  private static Instant instant(String time) {
    try {
      return OffsetDateTime.parse(time).toInstant();
    } catch (DateTimeException e) { // its message quotes the text
      throw new IllegalArgumentException(
          "the member expires of its JSON is no time such as 2030-01-31T12:00:00Z", null);
    }
  }

  private static JsonObject object(String text) {
    try {
      return JsonText.read(text).asJsonObject();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("it prints broken JSON");
    }
  }
}
