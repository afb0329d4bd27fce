package dev.sessiontoken.http;

import dev.sessiontoken.spi.Deadline;
import dev.sessiontoken.spi.SessionToken;
import dev.sessiontoken.spi.SessionTokenException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Optional;

/**
 * Sends requests to one deployment, and a session token to nobody else.
 *
 * <p>The deadline covers the whole of a call, look-up of the host name and body included, which
 * {@code HttpClient}'s own time limit does not. Redirects are not followed. An {@code http://}
 * deployment costs no TLS set-up. Safe for any number of threads; {@link #close} it, or the process
 * takes a third of a second longer to end.
 */
public final class DeploymentClient implements AutoCloseable {
  private static final int MAX_BODY = 1 << 20;

  /** The header that carries the session token; from coder's codersdk/client.go. */
  private static final String TOKEN_HEADER = "Coder-Session-Token";

  private final DeploymentSettings settings;
  private final Sender sender;

  /**
   * A client that has not connected yet.
   *
   * @throws SessionTokenException.NotConfigured if the settings of TLS cannot be used
   */
  public DeploymentClient(DeploymentSettings settings) throws SessionTokenException.NotConfigured {
    this.settings = settings;
    this.sender = new Sender(client(settings), MAX_BODY, settings.trace());
  }

  private static HttpClient client(DeploymentSettings settings) {
    var builder =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER)
            .proxy(HttpClient.Builder.NO_PROXY);
    if (settings.isTls()) return builder.version(HttpClient.Version.HTTP_2).build();
    // asking for HTTP/2 without TLS would send an Upgrade header
    return builder.version(HttpClient.Version.HTTP_1_1).sslContext(new NoTls()).build();
  }

  /** The deployment's origin: scheme, host and port. */
  public URI deployment() {
    return settings.origin();
  }

  /**
   * Sends one request and waits for the whole answer.
   *
   * @param call what to ask, of this deployment
   * @param token what to prove the agent with, empty for calls without credentials
   * @param deadline by when the answer must be complete
   * @return the answer, whatever its status
   * @throws SessionTokenException.Unreachable if there was none in time
   * @throws SessionTokenException.BadAnswer if what came was no HTTP, cut short or over 1 MiB
   * @throws InterruptedException if the calling thread was interrupted; the request is abandoned
   */
  public Answer send(Call call, Optional<SessionToken> token, Deadline deadline)
      throws SessionTokenException, InterruptedException {
    String step = call.step(settings.origin());
    settings.trace().tell(step + (token.isPresent() ? ", with the session token" : ""));
    return sender.send(step, request(call, token), deadline);
  }

  private HttpRequest request(Call call, Optional<SessionToken> token) {
    var builder =
        HttpRequest.newBuilder(call.at(settings.origin()))
            .header("User-Agent", settings.userAgent())
            .method(
                call.method(),
                call.body()
                    .map(body -> BodyPublishers.ofString(body.toString()))
                    .orElse(BodyPublishers.noBody()));
    if (call.body().isPresent()) builder.header("Content-Type", "application/json");
    token.ifPresent(given -> builder.header(TOKEN_HEADER, given.value()));
    return builder.build();
  }

  /** Abandons what is under way and ends the client's threads; waits for a second at most. */
  @Override
  public void close() {
    sender.close();
  }
}
