package dev.sessiontoken.http;

import dev.sessiontoken.spi.Deadline;
import dev.sessiontoken.spi.SessionToken;
import dev.sessiontoken.spi.SessionTokenException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

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
  private static final Duration CLOSING = Duration.ofSeconds(1);

  /** The header that carries the session token; from coder's codersdk/client.go. */
  private static final String TOKEN_HEADER = "Coder-Session-Token";

  private final DeploymentSettings settings;
  private final HttpClient http;

  /**
   * A client that has not connected yet.
   *
   * @throws SessionTokenException.NotConfigured if the settings of TLS cannot be used
   */
  public DeploymentClient(DeploymentSettings settings) throws SessionTokenException.NotConfigured {
    this.settings = settings;
    this.http = client(settings);
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
    var arrival = new Arrival();
    var pending =
        http.sendAsync(
            request(call, token),
            head -> {
              arrival.head();
              return new BoundedBody(MAX_BODY);
            });
    try {
      var response = pending.get(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
      return answer(step, response);
    } catch (TimeoutException e) {
      throw Trouble.timeLimit(step, arrival);
    } catch (ExecutionException e) {
      throw Trouble.of(step, settings.origin(), arrival, e.getCause());
    } finally {
      pending.cancel(true);
    }
  }

  private Answer answer(String step, HttpResponse<byte[]> response) {
    var answer = new Answer(step, response.statusCode(), response.headers(), response.body());
    settings
        .trace()
        .tell(
            "HTTP %d, %s, %d bytes%s"
                .formatted(
                    answer.status(),
                    response.version(),
                    response.body().length,
                    answer
                        .header("X-Coder-Request-Id")
                        .map(id -> ", request " + Printable.of(id, 40))
                        .orElse("")));
    return answer;
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
    http.shutdownNow();
    try {
      http.awaitTermination(CLOSING);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
