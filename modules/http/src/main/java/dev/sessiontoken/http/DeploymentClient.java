package dev.sessiontoken.http;

import dev.sessiontoken.http.tls.QuickTls;
import dev.sessiontoken.spi.Deadline;
import dev.sessiontoken.spi.SessionToken;
import dev.sessiontoken.spi.SessionTokenException;
import dev.sessiontoken.spi.SessionTokenException.NotConfigured;
import dev.sessiontoken.spi.SessionTokenException.Unreachable;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests to one deployment, and a session token to nobody else.
 *
 * <p>The deadline covers the whole of a call, look-up of the host name, body and all tries
 * included. A try that fails on the way, or is answered by a status that asks for patience, is
 * repeated as {@link Retries} says. Redirects are not followed. An {@code http://} deployment costs
 * no TLS set-up. Safe for any number of threads; {@link #close} it, or the process takes a third of
 * a second longer to end.
 *
 * <p>A password for the proxy of an {@code https://} deployment needs the JVM's system property
 * {@code jdk.http.auth.tunneling.disabledSchemes} to be empty, as it is in the image.
 */
public final class DeploymentClient implements AutoCloseable {
  private static final int MAX_BODY = 1 << 20;

  /** The header that carries the session token; from coder's codersdk/client.go. */
  private static final String TOKEN_HEADER = "Coder-Session-Token";

  private final DeploymentSettings settings;
  private final Way first;
  private final Peer peer;

  /** Taken once the first way has turned out to offer a server too little, or too little time. */
  private volatile @Nullable Way second;

  /** A connection and who sends over it. */
  private record Way(Connection connection, Sender sender) {}

  /**
   * A client that has not connected yet. Reads the files that the settings name.
   *
   * @throws NotConfigured if the settings of TLS, proxy or headers cannot be used
   */
  public DeploymentClient(DeploymentSettings settings) throws NotConfigured {
    this.settings = settings;
    ExtraHeaders.check(settings.headers(), TOKEN_HEADER);
    var connection = Connection.of(settings);
    this.peer = connection.peer();
    this.first = way(connection);
  }

  private Way way(Connection connection) {
    return new Way(
        connection,
        new Sender(connection.client(), peer, connection.progress(), MAX_BODY, settings.trace()));
  }

  private Way way() {
    var other = second;
    return other == null ? first : other;
  }

  /** Whether there is another way that may well come further than the one that failed. */
  private boolean isWorthOtherWay(String step, Way failed, Unreachable failure, Deadline deadline)
      throws Unreachable, InterruptedException {
    if (!failed.equals(first)) return false;
    boolean elsewhere =
        TransportFailure.isConnecting(failure) && peer.findAnswering(step, deadline);
    if (elsewhere) settings.trace().tell("another address of " + peer.host() + " answers");
    if (!elsewhere && !TransportFailure.isSilent(failure) && !QuickTls.mayOfferTooLittle(failure)) {
      return false;
    }
    widen();
    return true;
  }

  private synchronized void widen() {
    if (second == null) second = way(first.connection().patient());
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
   * @throws SessionTokenException.Unreachable if there was none in time, or the last one asked for
   *     more patience than the deadline has
   * @throws SessionTokenException.BadAnswer if what came was no HTTP, cut short or over 1 MiB
   * @throws InterruptedException if the calling thread was interrupted; the request is abandoned
   */
  public Answer send(Call call, Optional<SessionToken> token, Deadline deadline)
      throws SessionTokenException, InterruptedException {
    return send(call, token, new Retries(settings, deadline));
  }

  /**
   * As {@link #send}, for a call that the deployment answers only once something has happened: one
   * try, which lasts as long as the deadline allows.
   *
   * @throws SessionTokenException as {@link #send}
   * @throws InterruptedException as {@link #send}
   */
  public Answer listen(Call call, Optional<SessionToken> token, Deadline deadline)
      throws SessionTokenException, InterruptedException {
    return send(call, token, Retries.none(settings, deadline));
  }

  private Answer send(Call call, Optional<SessionToken> token, Retries retries)
      throws SessionTokenException, InterruptedException {
    String step = call.step(settings.origin());
    var request = request(call, token);
    var secrets = secrets(call, token);
    while (true) {
      settings.trace().tell(step + (token.isPresent() ? ", with the session token" : ""));
      var way = way();
      try {
        var answer = way.sender().send(step, request, secrets, retries.tryDeadline());
        if (answer.status() == 407) throw way.connection().proxyRefused(step);
        if (!retries.another(answer)) return answer.noted(retries.note());
      } catch (Unreachable e) {
        if (isWorthOtherWay(step, way, e, retries.tryDeadline()) || retries.another(step, e)) {
          continue;
        }
        throw retries.last(step, way.connection().explained(step, e, retries.tryDeadline()));
      }
    }
  }

  private List<String> secrets(Call call, Optional<SessionToken> token) {
    var secrets = new ArrayList<String>();
    token.ifPresent(given -> secrets.add(given.value()));
    settings.headers().values().forEach(secrets::addAll);
    call.body().ifPresent(body -> secrets.addAll(strings(body)));
    return secrets;
  }

  /** The evidence of an exchange. */
  private static List<String> strings(JsonObject body) {
    return body.values().stream()
        .filter(JsonString.class::isInstance)
        .map(each -> ((JsonString) each).getString())
        .toList();
  }

  private HttpRequest request(Call call, Optional<SessionToken> token) {
    var builder =
        HttpRequest.newBuilder(call.at(settings.origin()))
            .header("User-Agent", settings.userAgent());
    if (call.body().isPresent()) {
      builder.method(call.method(), BodyPublishers.ofString(call.body().get().toString()));
      builder.header("Content-Type", "application/json");
    } else if (!call.method().equals("GET")) { // which must not say that its body has length 0
      builder.method(call.method(), BodyPublishers.noBody());
    }
    settings
        .headers()
        .forEach((name, values) -> values.forEach(each -> builder.header(name, each)));
    token.ifPresent(given -> builder.setHeader(TOKEN_HEADER, given.value()));
    first
        .connection()
        .proxyAuthorization()
        .ifPresent(value -> builder.setHeader("Proxy-Authorization", value));
    return builder.build();
  }

  @Override
  public void close() {
    first.sender().close();
    var other = second;
    if (other != null) other.sender().close();
  }
}
