package dev.sessiontoken.http;

import dev.sessiontoken.spi.SessionTokenException.NotConfigured;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Map;

/** Checks the headers that a user adds, and repeats no value of them. */
final class ExtraHeaders {
  private ExtraHeaders() {}

  /**
   * Refuses what must not or cannot be sent.
   *
   * @param tokenHeader the one header that is ours alone
   */
  static void check(Map<String, String> headers, String tokenHeader) throws NotConfigured {
    for (var header : headers.entrySet()) {
      if (header.getKey().equalsIgnoreCase(tokenHeader)) {
        throw refused(header.getKey(), "it carries the agent's token and cannot be replaced");
      }
      if (!isText(header.getValue())) throw refused(header.getKey(), "its value cannot be sent");
      try {
        HttpRequest.newBuilder(URI.create("http://h")).header(header.getKey(), "x");
      } catch (IllegalArgumentException e) {
        throw refused(header.getKey(), "no header of that name can be set");
      }
    }
  }

  private static boolean isText(String value) {
    return value.chars().allMatch(c -> c == '\t' || (c >= ' ' && c < 0x7f));
  }

  private static NotConfigured refused(String name, String why) {
    return new NotConfigured(
        "add the header " + Printable.of(name), why, "leave it out or correct it", null);
  }
}
