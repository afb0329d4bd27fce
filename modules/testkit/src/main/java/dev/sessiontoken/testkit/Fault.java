package dev.sessiontoken.testkit;

import java.util.Map;

/** What a fake does instead of answering a request properly. */
public sealed interface Fault {

  /**
   * Another answer.
   *
   * @param status its status code
   * @param headers its headers, besides those that every answer has
   * @param body its body
   */
  record Instead(int status, Map<String, String> headers, String body) implements Fault {}

  /** Hangs up without a word. */
  record HangUp() implements Fault {}

  /** Says nothing until the fake is closed. */
  record Silence() implements Fault {}

  /** Announces a body and hangs up before its end. */
  record CutShort() implements Fault {}

  /** Sends a body that never ends. */
  record Endless() implements Fault {}

  /** Answers properly, but only after the fake was told {@link FakeCoder#resume()}. */
  record Held() implements Fault {}

  /** A JSON answer as the deployment's own. */
  static Fault json(int status, String body) {
    return new Instead(status, Map.of("Content-Type", "application/json; charset=utf-8"), body);
  }

  /** A page for people, as proxies and login walls send. */
  static Fault html(int status) {
    return new Instead(
        status,
        Map.of("Content-Type", "text/html"),
        "<!doctype html><html><body>Please sign in</body></html>\n");
  }

  /** A redirect. */
  static Fault redirect(String location) {
    return new Instead(307, Map.of("Location", location), "");
  }
}
