package dev.sessiontoken.http;

import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** Reads dates of HTTP headers: IMF-fixdate of RFC 9110, section 5.6.7. */
final class HttpDate {
  private HttpDate() {}

  /** Returns the instant, empty if the text is not such a date. */
  static Optional<Instant> parse(String text) {
    try {
      var date = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME);
      return Optional.of(date.toInstant());
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
