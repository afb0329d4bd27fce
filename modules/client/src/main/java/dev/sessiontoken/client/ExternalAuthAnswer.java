package dev.sessiontoken.client;

import dev.sessiontoken.http.Answer;
import dev.sessiontoken.spi.SessionTokenException.BadAnswer;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads the answer to an external-auth call, and checks each field.
 *
 * @param now the time of this machine when the answer was there
 */
record ExternalAuthAnswer(Answer answer, JsonObject body, Instant now) {
  private static final String HINT = "does the URL lead to a Coder deployment?";

  /** Replaces bytes that are no UTF-8. */
  private static final int REPLACEMENT = 0xfffd;

  /** Go's zero time, the beginning of year 1, which the deployment sends for "never". */
  private static final Instant NEVER = Instant.ofEpochSecond(-62_135_596_800L);

  /** Clocks that differ by less count as equal: a {@code Date} has whole seconds and travels. */
  private static final Duration TOLERANCE = Duration.ofMinutes(1);

  static ExternalAuth read(Answer answer, Instant now) throws BadAnswer {
    return new ExternalAuthAnswer(answer, answer.json(), now).read();
  }

  /** Reads in the original's order: a page to log in at counts even beside a token. */
  private ExternalAuth read() throws BadAnswer {
    String url = string("url");
    if (!url.isEmpty()) return new ExternalAuth.LoginRequired(page(url));
    String token = string("access_token");
    if (token.isEmpty()) throw bad("the answer holds neither a token nor a URL to log in at");
    if (!prints(token)) throw bad("the access token holds control characters");
    if (!token.equals(token.strip())) throw bad("the access token has white space around it");
    return new ExternalAuth.Linked(
        token, string("type"), string("username"), string("password"), expiry(), extra());
  }

  private String string(String name) throws BadAnswer {
    JsonValue value = body.getOrDefault(name, JsonValue.NULL);
    if (value instanceof JsonString string) return string.getString();
    if (JsonValue.NULL.equals(value)) return "";
    throw bad(name + " is not a string");
  }

  private URI page(String url) throws BadAnswer {
    try {
      var page = new URI(url);
      String scheme = String.valueOf(page.getScheme()).toLowerCase(Locale.ROOT);
      boolean isWeb = scheme.equals("https") || scheme.equals("http");
      if (isWeb && page.getRawAuthority() != null && prints(url)) return page;
    } catch (URISyntaxException e) {
      // reported below: the message of the exception repeats the URL
    }
    throw bad("the URL to log in at is no http or https URL");
  }

  private Optional<JsonObject> extra() throws BadAnswer {
    JsonValue extra = body.getOrDefault("token_extra", JsonValue.NULL);
    if (extra instanceof JsonObject object) return Optional.of(object);
    if (JsonValue.NULL.equals(extra)) return Optional.empty();
    throw bad("token_extra is not an object");
  }

  /**
   * Returns the expiry by this machine's clock: git and scripts compare it with that. Ignores an
   * expiry that cannot be parsed: the token works without it.
   */
  private Optional<Instant> expiry() {
    if (!(body.get("expires_at") instanceof JsonString text)) return Optional.empty();
    try {
      var expiry = OffsetDateTime.parse(text.getString()).toInstant();
      return expiry.equals(NEVER) ? Optional.empty() : Optional.of(expiry.plus(ahead()));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** Returns how far this machine's clock is ahead of the deployment's, zero for a little. */
  private Duration ahead() {
    var ahead = answer.date().map(date -> Duration.between(date, now)).orElse(Duration.ZERO);
    return ahead.abs().compareTo(TOLERANCE) < 0 ? Duration.ZERO : ahead;
  }

  private static boolean prints(String text) {
    return text.codePoints().allMatch(ExternalAuthAnswer::prints);
  }

  private static boolean prints(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE -> // half of a pair
          false;
      default -> c != REPLACEMENT;
    };
  }

  /** Leaves the body out, which holds the token. */
  @Override
  public String toString() {
    return "ExternalAuthAnswer[" + answer.step() + "]";
  }

  private BadAnswer bad(String problem) {
    return new BadAnswer(answer.step(), problem, HINT, null);
  }
}
