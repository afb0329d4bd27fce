package dev.sessiontoken.client;

import dev.sessiontoken.http.Answer;
import dev.sessiontoken.spi.SessionTokenException;
import dev.sessiontoken.spi.SessionTokenException.BadAnswer;

/** Checks answers of calls that only take something: coderd answers 200 and {@code null}. */
final class Confirmation {
  private Confirmation() {}

  /** Refuses other statuses, and the pages with status 200 of proxies and login pages. */
  static void check(Answer answer) throws SessionTokenException {
    if (answer.status() != 200) throw Refusals.ofCall(answer);
    if (answer.mediaType().equals("application/json")) return;
    throw new BadAnswer(
        answer.step(),
        "HTTP 200 with " + (answer.isHtml() ? answer.page() : "something else than JSON"),
        "does the URL lead to the deployment itself, past any login page or proxy?",
        null);
  }
}
