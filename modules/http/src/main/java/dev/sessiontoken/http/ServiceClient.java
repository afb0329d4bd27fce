package dev.sessiontoken.http;

import dev.sessiontoken.spi.Deadline;
import dev.sessiontoken.spi.Secrets;
import dev.sessiontoken.spi.ServiceAnswer;
import dev.sessiontoken.spi.ServiceHttp;
import dev.sessiontoken.spi.ServiceRequest;
import dev.sessiontoken.spi.SessionTokenException;
import dev.sessiontoken.spi.SessionTokenException.BadAnswer;
import dev.sessiontoken.spi.SessionTokenException.NotConfigured;
import dev.sessiontoken.spi.SessionTokenException.Unreachable;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Sends the requests of one call of a provider to the provider's own service, as {@link
 * ServiceHttp} promises. By HTTP/1.1: HTTP/2 gains nothing for one or two requests.
 *
 * <p>Each request has a connection and threads of its own, which end with it, so that nothing is
 * left to close. The settings of TLS are read once for each server; a second connection resumes the
 * TLS session of the first. For one thread.
 */
public final class ServiceClient implements ServiceHttp {
  private static final int MAX_BODY = 1 << 20;

  /** Larger bodies are not looked for in the answer: only an attack would send them back. */
  private static final int MAX_HIDDEN_BODY = 8192;

  /** After 3.5 s the kernel has sent SYN twice more, and other addresses are worth a try. */
  private static final Transport.Offer OFFER =
      new Transport.Offer(Duration.ofMillis(3500), false, false);

  private final DeploymentSettings settings;
  private final List<String> secrets;
  private final Deadline deadline;
  private final Map<URI, Route> routes = new HashMap<>();

  /**
   * A client that has not connected yet.
   *
   * @param settings trust, proxies, trace, clock and pauses; the deployment's headers are not sent
   * @param secrets hidden in messages as well as those of each request
   * @param deadline when every request must have ended
   */
  public ServiceClient(DeploymentSettings settings, List<String> secrets, Deadline deadline) {
    this.settings = settings;
    this.secrets = List.copyOf(secrets);
    this.deadline = deadline;
  }

  @Override
  public ServiceAnswer send(ServiceRequest request)
      throws SessionTokenException, InterruptedException {
    var hidden = new ArrayList<>(secrets);
    hidden.addAll(request.secrets());
    try {
      return new Sending(request, route(request), hidden).answer();
    } catch (Unreachable e) {
      throw new Unreachable(e.step(), e.problem(), ofService(e.hint()), e.getCause());
    } catch (BadAnswer e) {
      throw new BadAnswer(e.step(), e.problem(), ofService(e.hint()), e.getCause());
    }
  }

  /** The messages of this package are about the deployment. */
  private static String ofService(String hint) {
    return hint.replace("the deployment", "the service");
  }

  private Route route(ServiceRequest request) throws NotConfigured {
    var uri = request.uri();
    String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
    var server = URI.create(scheme + "://" + uri.getRawAuthority());
    boolean showsCertificate = request.showsClientCertificate();
    var key = showsCertificate ? URI.create(server + "/#certificate") : server;
    var known = routes.get(key);
    if (known != null) return known;
    var route = Route.of(settings.forService(server, showsCertificate));
    routes.put(key, route);
    return route;
  }

  /** One request and its tries. */
  private final class Sending implements Retries.Attempt {
    private final boolean isRepeatable;
    private final String step;
    private final HttpRequest request;
    private final Route route;
    private final Peer peer;
    private final List<String> secrets;
    private final Secrets hidden;
    private final Retries retries;

    Sending(ServiceRequest request, Route route, List<String> secrets) throws NotConfigured {
      this.isRepeatable = request.isRepeatable();
      this.step = request.step();
      this.request = http(request, route);
      this.route = route;
      this.peer = route.peer();
      this.secrets = secrets;
      this.hidden = hidden(request, secrets);
      var policy = isRepeatable ? RetryPolicy.DEPLOYMENT : RetryPolicy.UNPROCESSED;
      this.retries =
          new Retries(policy, deadline, settings.clock(), settings.pause(), settings.trace());
    }

    private static Secrets hidden(ServiceRequest request, List<String> secrets) {
      var body = request.body();
      if (body.isEmpty() || body.get().length > MAX_HIDDEN_BODY) return Secrets.of(secrets);
      return Secrets.of(secrets).and(new String(body.get(), StandardCharsets.UTF_8));
    }

    ServiceAnswer answer() throws SessionTokenException, InterruptedException {
      try {
        var answer = retries.send(this);
        if (answer.status() != 407) return answer.withNote(retries.note()).ofService(hidden);
      } catch (Unreachable e) {
        var now = settings.clock().instant();
        throw retries.withTries(route.explained(e, now, retries.tryDeadline()));
      }
      throw retries.withTries(route.proxyRefused(step));
    }

    @Override
    public Answer send() throws SessionTokenException, InterruptedException {
      settings.trace().tell(step);
      try (var transport = new Transport(route, peer, OFFER, MAX_BODY, settings.trace())) {
        return transport.send(step, request, secrets, retries.tryDeadline(), deadline);
      } catch (Unreachable e) {
        if (TransportFailure.isConnecting(e)) peer.preferReachable(step, retries.tryDeadline());
        throw e;
      }
    }

    @Override
    public boolean mayFollow(Unreachable failure) {
      return isRepeatable || TransportFailure.isUnsent(failure);
    }
  }

  private HttpRequest http(ServiceRequest request, Route route) throws NotConfigured {
    var builder =
        HttpRequest.newBuilder(request.uri()).setHeader("User-Agent", settings.userAgent());
    var body = request.body();
    if (body.isPresent()) {
      builder.method(request.method(), BodyPublishers.ofByteArray(body.get()));
    } else if (!request.method().equals("GET")) { // a GET must not have Content-Length: 0
      builder.method(request.method(), BodyPublishers.noBody());
    }
    request.headers().forEach(builder::setHeader);
    route.proxyAuthorization().ifPresent(value -> builder.setHeader("Proxy-Authorization", value));
    return builder.build();
  }
}
