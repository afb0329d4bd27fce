package dev.sessiontoken.client;

import dev.sessiontoken.http.Answer;
import dev.sessiontoken.spi.Printable;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * Finds in an answer that the deployment has another URL than the one that was asked: by a
 * redirect, or because the port speaks TLS. A person has to set that URL: the session token is sent
 * nowhere by itself.
 */
final class OtherUrl {
  /** What servers answer to plain HTTP on a TLS port: Go's net/http, nginx, Apache, Tomcat. */
  private static final List<String> WANTS_TLS =
      List.of(
          "HTTP request to an HTTPS server",
          "plain HTTP request was sent to HTTPS port",
          "speaking plain HTTP to an SSL-enabled server port",
          "combination of host and port requires TLS");

  private OtherUrl() {}

  /** Returns a hint that names the URL to set; empty if the answer shows no other URL. */
  static Optional<String> of(Answer answer) {
    try {
      var asked = URI.create(answer.step().substring(answer.step().indexOf(' ') + 1));
      return answer.status() / 100 == 3
          ? answer.header("Location").map(answer::hide).flatMap(to -> redirected(asked, to))
          : tls(answer, asked);
    } catch (IllegalArgumentException e) { // the Location is no URL
      return Optional.empty();
    }
  }

  private static Optional<String> tls(Answer answer, URI asked) {
    boolean isTls = "http".equals(asked.getScheme()) && wantsTls(answer.text());
    if (!isTls) return Optional.empty();
    return Optional.of("the port speaks TLS: try https://" + asked.getRawAuthority());
  }

  private static boolean wantsTls(String text) {
    return WANTS_TLS.stream().anyMatch(text::contains);
  }

  private static Optional<String> redirected(URI asked, String location) {
    var target = URI.create(location);
    boolean isSamePath = asked.getRawPath().equals(target.getRawPath());
    if (target.getHost() == null || !isSamePath || !isWeb(target)) return Optional.empty();
    String port = target.getPort() < 0 ? "" : ":" + target.getPort();
    String url = Printable.of(target.getScheme() + "://" + target.getHost() + port, 200);
    boolean isSameHost = target.getHost().equalsIgnoreCase(asked.getHost());
    return Optional.of(
        isSameHost
            ? "set the deployment's URL to " + url
            : "if " + url + " is the deployment, set that as its URL");
  }

  private static boolean isWeb(URI target) {
    return "https".equalsIgnoreCase(target.getScheme())
        || "http".equalsIgnoreCase(target.getScheme());
  }
}
