package dev.sessiontoken.testkit;

import java.util.Map;

/** What a fake does with a request instead of answering it as the real service would. */
public sealed interface Fault {

  /**
   * Sends another answer.
   *
   * @param status its status code
   * @param headers its headers, in addition to those that the JDK's server sends
   * @param body its body
   */
  record Instead(int status, Map<String, String> headers, String body) implements Fault {}

  /** Closes the connection without an answer. */
  record HangUp() implements Fault {}

  /** Sends nothing until the fake is closed. */
  record Silence() implements Fault {}

  /** Announces a body of 1000 bytes and closes the connection after its beginning. */
  record CutShort() implements Fault {}

  /** Sends a body without end, until the client closes the connection or the fake is closed. */
  record Endless() implements Fault {}

  /** Answers without a fault, after {@link FakeCoder#resume()} was called. */
  record Held() implements Fault {}

  /** Returns a fault that sends JSON with the content type of a deployment. */
  static Fault json(int status, String body) {
    return new Instead(status, Map.of("Content-Type", "application/json; charset=utf-8"), body);
  }

  /** Returns a fault that sends an HTML page, as proxies and login pages of networks do. */
  static Fault html(int status) {
    return new Instead(
        status,
        Map.of("Content-Type", "text/html"),
        "<!doctype html><html><body>Please sign in</body></html>\n");
  }

  /** Returns a fault that redirects to a URL, with status 307. */
  static Fault redirect(String location) {
    return new Instead(307, Map.of("Location", location), "");
  }
}
