package dev.sessiontoken.client;

import dev.sessiontoken.http.Answer;
import dev.sessiontoken.http.Printable;
import dev.sessiontoken.spi.SessionTokenException;
import dev.sessiontoken.spi.SessionTokenException.BadAnswer;
import dev.sessiontoken.spi.SessionTokenException.Rejected;
import dev.sessiontoken.spi.SessionTokenException.Unreachable;
import java.net.URI;

/** What a status other than 200 means to the one who asked. */
final class Refusals {
  private static final String CHECK_URL =
      "does the URL lead to the deployment itself, past any login page or proxy?";

  private Refusals() {}

  /** What an answer to a call with the agent's token means. */
  static SessionTokenException ofCall(Answer answer) {
    String words = ApiException.words(answer);
    return switch (answer.status()) {
      case 401 ->
          rejected(
              answer,
              words,
              "is the token that of this workspace's current build, and the URL the right"
                  + " deployment's?");
      case 403 -> rejected(answer, words, "ask the deployment's administrator");
      default -> other(answer, words);
    };
  }

  /** What an answer to an exchange of evidence for a token means. */
  static SessionTokenException ofExchange(Answer answer) {
    String words = ApiException.words(answer);
    return switch (answer.status()) {
      case 400 -> rejected(answer, words, "is this machine's workspace the latest build?");
      case 401, 403 ->
          rejected(
              answer,
              words,
              "is this the right deployment for this machine, and is the machine's clock right?");
      case 404 ->
          answer.isHtml() || isUnknownRoute(words)
              ? other(answer, words)
              : rejected(
                  answer,
                  words,
                  "is this the right deployment, and does the template set the agent's auth to"
                      + " instance identity?");
      case 409 -> rejected(answer, words, "say which one with --agent-name or CODER_AGENT_NAME");
      default -> other(answer, words);
    };
  }

  static boolean isUnknownRoute(String words) {
    return words.startsWith("Route not found.");
  }

  private static SessionTokenException other(Answer answer, String words) {
    int status = answer.status();
    if (status == 429 || status >= 500) {
      return new Unreachable(
          answer.step(), said(answer, words), "try again later", ApiException.of(answer, words));
    }
    String problem = status / 100 == 3 ? redirect(answer) : said(answer, words);
    return new BadAnswer(answer.step(), problem, CHECK_URL, ApiException.of(answer, words));
  }

  private static String redirect(Answer answer) {
    return "HTTP "
        + answer.status()
        + ", a redirect"
        + answer
            .header("Location")
            .map(answer::hide)
            .map(Refusals::host)
            .map(host -> " to " + host)
            .orElse("")
        + ", which is not followed";
  }

  private static String host(String location) {
    try {
      var uri = URI.create(location);
      String host = uri.getHost();
      return host == null ? "another path" : Printable.of(uri.getScheme() + "://" + host, 100);
    } catch (IllegalArgumentException e) {
      return "no valid URL";
    }
  }

  private static Rejected rejected(Answer answer, String words, String hint) {
    return new Rejected(answer.step(), said(answer, words), hint, ApiException.of(answer, words));
  }

  static String said(Answer answer, String words) {
    return "HTTP " + answer.status() + ": " + words + answer.note();
  }
}
