package dev.sessiontoken.client;

import dev.sessiontoken.http.Answer;
import dev.sessiontoken.http.Remedy;
import dev.sessiontoken.spi.Printable;
import dev.sessiontoken.spi.SessionTokenException;
import dev.sessiontoken.spi.SessionTokenException.BadAnswer;
import dev.sessiontoken.spi.SessionTokenException.Rejected;
import dev.sessiontoken.spi.SessionTokenException.Unreachable;
import java.net.URI;

/** Turns an answer with a status other than 200 into an exception that says what to do next. */
final class Refusals {
  private static final String CHECK_URL =
      "does the URL lead to the deployment itself, past any login page or proxy?";

  private static final String CLIENT_HINT =
      "the server wants a client certificate that it knows: " + Remedy.CLIENT_CERTIFICATE;

  /** From coder's Terraform provider, {@code coder_agent}: the scope is set in the template. */
  private static final String FORBIDDEN =
      "if the template sets the agent's api_key_scope to no_user_data, the agent gets no tokens and"
          + " keys of its user; else ask the deployment's administrator";

  /** From coderd/httpmw, which the route of users' API keys runs first. */
  private static final String WANTS_API_KEY = "API key or external proxy authentication required";

  private Refusals() {}

  /** Returns the exception for an answer to a call with the session token. */
  static SessionTokenException ofCall(Answer answer) {
    String words = ApiException.text(answer);
    return switch (answer.status()) {
      case 401 ->
          rejected(
              answer,
              words,
              "is the token that of this workspace's current build, and the URL the right"
                  + " deployment's?");
      case 403 -> rejected(answer, words, FORBIDDEN);
      default -> other(answer, words);
    };
  }

  /**
   * Returns the exception for an answer to an exchange of evidence for a session token.
   *
   * @param endpoint last segment of the exchange's path
   */
  static SessionTokenException ofExchange(Answer answer, String endpoint) {
    String words = ApiException.text(answer);
    if (isUnknownExchange(answer, words)) return unknownExchange(answer, words, endpoint);
    return switch (answer.status()) {
      case 400 -> rejected(answer, words, "is this machine's workspace the latest build?");
      case 401, 403 ->
          rejected(
              answer,
              words,
              "is this the right deployment for this machine, and is the machine's clock right?");
      case 404 ->
          answer.isHtml()
              ? other(answer, words)
              : rejected(
                  answer,
                  words,
                  "is this the right deployment, and does the template set the agent's auth to"
                      + " instance identity?");
      case 409 -> rejected(answer, words, Remedy.AGENT_NAME);
      default -> other(answer, words);
    };
  }

  /**
   * Where a deployment lacks the route, coderd takes the endpoint for the id of an agent, a route
   * for users' API keys.
   */
  private static boolean isUnknownExchange(Answer answer, String words) {
    return (answer.status() == 404 && isUnknownRoute(words))
        || (answer.status() == 401 && words.startsWith(WANTS_API_KEY));
  }

  private static BadAnswer unknownExchange(Answer answer, String words, String endpoint) {
    return new BadAnswer(
        answer.step(),
        "the deployment has no exchange " + endpoint + ": " + said(answer, words),
        "it takes no evidence of this kind, or is too old for it; does the URL lead to the"
            + " deployment itself?",
        ApiException.of(answer, words));
  }

  static boolean isUnknownRoute(String words) {
    return words.startsWith("Route not found.");
  }

  private static SessionTokenException other(Answer answer, String words) {
    int status = answer.status();
    if (status == 408 || status == 425 || status == 429 || status / 100 == 5) {
      return new Unreachable(
          answer.step(), said(answer, words), "try again later", ApiException.of(answer, words));
    }
    String problem = status / 100 == 3 && status != 304 ? redirect(answer) : said(answer, words);
    return new BadAnswer(
        answer.step(), problem, otherHint(answer, words), ApiException.of(answer, words));
  }

  private static String otherHint(Answer answer, String words) {
    if (answer.isHtml() && words.contains("SSL certificate")) return CLIENT_HINT;
    return OtherUrl.of(answer).orElse(CHECK_URL);
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
      String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
      return host == null
          ? "another path"
          : Printable.of(uri.getScheme() + "://" + host + port, 100);
    } catch (IllegalArgumentException e) {
      return "no valid URL";
    }
  }

  private static Rejected rejected(Answer answer, String words, String hint) {
    return new Rejected(answer.step(), said(answer, words), hint, ApiException.of(answer, words));
  }

  /** Returns the text without its full stop: more follows. */
  private static String clause(String words) {
    return words.endsWith(".") ? words.substring(0, words.length() - 1) : words;
  }

  static String said(Answer answer, String words) {
    return "HTTP " + answer.status() + ": " + clause(words) + answer.note();
  }
}
