package dev.sessiontoken.http;

import dev.sessiontoken.spi.Printable;
import dev.sessiontoken.spi.SessionTokenException.NotConfigured;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Checks the headers that a user adds. No message quotes a value: values are secrets. */
final class ExtraHeaders {
  /** A cookie that coderd prefers to the token's header (coderd/httpmw/apikey.go). */
  private static final String TOKEN_COOKIE = "coder_session_token";

  /** Headers set by this module: framing and type of the body, and what the proxy's URL gives. */
  private static final Set<String> OURS =
      Set.of("transfer-encoding", "proxy-authorization", "content-type");

  private ExtraHeaders() {}

  /**
   * Refuses headers that cannot be sent or would replace the agent's token.
   *
   * @param headers values by name
   * @param tokenHeader name of the header that carries the token
   * @throws NotConfigured if a header is refused
   */
  static void check(Map<String, List<String>> headers, String tokenHeader) throws NotConfigured {
    for (var header : headers.entrySet()) {
      if (header.getKey().equalsIgnoreCase(tokenHeader)) {
        throw refused(header.getKey(), "it carries the agent's token and cannot be replaced");
      }
      boolean isCookie = header.getKey().equalsIgnoreCase("Cookie");
      for (String value : header.getValue()) {
        if (!isText(value)) throw refused(header.getKey(), "its value cannot be sent");
        if (isCookie && value.contains(TOKEN_COOKIE)) {
          throw refused(header.getKey(), "it would replace the agent's token");
        }
      }
      if (OURS.contains(header.getKey().toLowerCase(Locale.ROOT))) {
        throw refused(header.getKey(), "no header of that name can be set");
      }
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
