package dev.sessiontoken.http;

import dev.sessiontoken.http.tls.TlsFailure;
import dev.sessiontoken.spi.Deadline;
import dev.sessiontoken.spi.SessionToken;
import dev.sessiontoken.spi.SessionTokenException;
import dev.sessiontoken.spi.SessionTokenException.NotConfigured;
import dev.sessiontoken.spi.SessionTokenException.Unreachable;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests to one deployment, and a session token to no other host.
 *
 * <p>The deadline covers the whole of a call: look-up of the host name, all tries, the answer's
 * body. A call is repeated as {@link RetryPolicy#DEPLOYMENT} says; a try whose request the server
 * has may wait for its answer until the deadline. Redirects are not followed. An {@code http://}
 * deployment costs no TLS set-up. Safe for any number of threads. To be closed: a client that is
 * still open delays the end of the process by a third of a second.
 *
 * <p>A password for the proxy of an {@code https://} deployment needs the JVM's system property
 * {@code jdk.http.auth.tunneling.disabledSchemes} to be empty, as it is in the image.
 *
 * <p>There are two transports over the same route. The quick one offers X25519 as the only key
 * agreement and has a short connect timeout; that suits nearly every server and saves start-up
 * time. Where it fails for one of these reasons, the patient one is made, and used from then on. A
 * third one speaks HTTP/1.1 with a server that refuses a request over HTTP/2.
 */
public final class DeploymentClient implements AutoCloseable {
  private static final int MAX_BODY = 1 << 20;

  /** The header that carries the session token; from coder's codersdk/client.go. */
  private static final String TOKEN_HEADER = "Coder-Session-Token";

  /** Field of an exchange that the user chose and that a refusal repeats: no secret. */
  private static final String AGENT_NAME = "agent_name";

  /** Status 421 (RFC 9110): the server answers for another host on this connection. */
  private static final int MISDIRECTED = 421;

  private final DeploymentSettings settings;
  private final Route route;
  private final Peer peer;
  private final Transport quick;

  /** Used instead of the quick one, once that has failed; null until then. */
  private volatile @Nullable Transport patient;

  /** Used instead of both, once the server has refused HTTP/2; null until then. */
  private volatile @Nullable Transport http11;

  /** A call as it is sent, with its name for messages and the secrets that the answer hides. */
  private record Prepared(String step, HttpRequest request, List<String> secrets) {}

  /**
   * A client that has not connected yet. Reads the files that the settings name.
   *
   * @throws NotConfigured if the settings of TLS, proxy or headers cannot be used
   */
  public DeploymentClient(DeploymentSettings settings) throws NotConfigured {
    ExtraHeaders.check(settings.headers(), TOKEN_HEADER);
    this.settings = settings;
    this.route = Route.of(settings);
    this.peer = route.peer();
    this.quick = transport(Transport.Offer.QUICK);
  }

  private Transport transport(Transport.Offer offer) {
    return new Transport(route, peer, offer, MAX_BODY, settings.trace());
  }

  /**
   * Sends one call and waits for the whole answer. Blocks until the deadline at most.
   *
   * @param call what to ask this deployment
   * @param token the agent's session token, empty for calls without credentials
   * @param deadline when the answer must be complete
   * @return the last answer, whatever its status
   * @throws SessionTokenException.Unreachable if there was no answer in time, or a proxy refused
   * @throws SessionTokenException.BadAnswer if the answer was not HTTP, cut short or over 1 MiB
   * @throws InterruptedException if the calling thread was interrupted; the request is abandoned
   */
  public Answer send(Call call, Optional<SessionToken> token, Deadline deadline)
      throws SessionTokenException, InterruptedException {
    return send(call, token, RetryPolicy.DEPLOYMENT, deadline);
  }

  /**
   * As {@link #send}, for a call that the deployment answers only once something has happened: one
   * try, which lasts until the deadline at most. Blocks.
   *
   * @return the answer, whatever its status
   * @throws SessionTokenException as {@link #send}
   * @throws InterruptedException as {@link #send}
   */
  public Answer listen(Call call, Optional<SessionToken> token, Deadline deadline)
      throws SessionTokenException, InterruptedException {
    return send(call, token, RetryPolicy.SINGLE_TRY, deadline);
  }

  /**
   * Sends one call whose answer has no planned end, such as server-sent events. One try; blocks
   * until the head of the answer is there, and the body as well if the status is not 200.
   *
   * @param deadline when the head must be there; reading the lines has deadlines of its own
   * @return the answer, whatever its status; the caller closes it
   * @throws SessionTokenException as {@link #send}
   * @throws InterruptedException as {@link #send}
   */
  public LineStream stream(Call call, Optional<SessionToken> token, Deadline deadline)
      throws SessionTokenException, InterruptedException {
    var prepared =
        new Prepared(call.step(settings.origin()), request(call, token), secrets(call, token));
    try {
      var stream = open(prepared, deadline);
      if (stream.answer().status() != 407) return stream;
    } catch (Unreachable e) {
      throw route.explained(e, settings.clock().instant(), deadline);
    }
    throw route.proxyRefused(prepared.step());
  }

  private LineStream open(Prepared prepared, Deadline deadline)
      throws SessionTokenException, InterruptedException {
    settings.trace().tell(prepared.step() + ", as a stream");
    var transport = transport();
    try {
      return transport.stream(prepared.step(), prepared.request(), prepared.secrets(), deadline);
    } catch (Unreachable e) {
      if (transport != quick || !switchRoute(e, deadline)) throw e;
      return open(prepared, deadline);
    }
  }

  private Answer send(
      Call call, Optional<SessionToken> token, RetryPolicy policy, Deadline deadline)
      throws SessionTokenException, InterruptedException {
    var prepared =
        new Prepared(call.step(settings.origin()), request(call, token), secrets(call, token));
    var credentials = token.isPresent() ? ", with the session token" : "";
    var retries =
        new Retries(policy, deadline, settings.clock(), settings.pause(), settings.trace());
    try {
      var answer = retries.send(() -> attempt(prepared, credentials, retries, deadline));
      if (answer.status() != 407) return answer.withNote(retries.note());
    } catch (Unreachable e) {
      var now = settings.clock().instant();
      throw retries.withTries(route.explained(e, now, retries.tryDeadline()));
    }
    throw retries.withTries(route.proxyRefused(prepared.step()));
  }

  /** Makes one try, and repeats it over the patient transport if that may get further. */
  private Answer attempt(Prepared prepared, String credentials, Retries retries, Deadline deadline)
      throws SessionTokenException, InterruptedException {
    settings.trace().tell(prepared.step() + credentials);
    var transport = transport();
    try {
      var answer =
          transport.send(
              prepared.step(),
              prepared.request(),
              prepared.secrets(),
              retries.tryDeadline(),
              deadline);
      if (answer.status() != MISDIRECTED || !switchToHttp11()) return answer;
    } catch (Unreachable e) {
      boolean isSwitched =
          TransportFailure.wantsHttp11(e)
              ? switchToHttp11()
              : transport == quick && switchRoute(e, retries.tryDeadline());
      if (!isSwitched) throw e;
    }
    return attempt(prepared, credentials, retries, deadline);
  }

  private Transport transport() {
    var last = http11;
    if (last != null) return last;
    var other = patient;
    return other == null ? quick : other;
  }

  /** Returns whether it switched: not if HTTP/1.1 is in use already. */
  private synchronized boolean switchToHttp11() {
    if (http11 != null || route.tls().isEmpty()) return false;
    settings.trace().tell("the server refuses the request over HTTP/2: once more over HTTP/1.1");
    http11 = transport(Transport.Offer.HTTP_1_1);
    return true;
  }

  /**
   * Switches to the patient transport if that may get further than the quick one did. May connect
   * to every address of the host, to find one that accepts connections.
   *
   * @return whether it switched
   */
  private boolean switchRoute(Unreachable failure, Deadline deadline)
      throws Unreachable, InterruptedException {
    boolean isElsewhere =
        TransportFailure.isConnecting(failure) && peer.preferReachable(failure.step(), deadline);
    if (isElsewhere) settings.trace().tell("another address of " + peer.host() + " answers");
    boolean isWorthIt =
        isElsewhere || TransportFailure.isSilent(failure) || TlsFailure.mayNeedOtherGroup(failure);
    if (isWorthIt) makePatient();
    return isWorthIt;
  }

  private synchronized void makePatient() {
    if (patient == null) patient = transport(Transport.Offer.FULL);
  }

  private List<String> secrets(Call call, Optional<SessionToken> token) {
    var secrets = new ArrayList<String>();
    token.ifPresent(given -> secrets.add(given.value()));
    settings.headers().values().forEach(secrets::addAll);
    if (token.isEmpty()) call.body().ifPresent(body -> secrets.addAll(evidence(body)));
    return secrets;
  }

  /**
   * Returns the texts of a body that are evidence of who this machine is: a call without the token
   * sends nothing else, and a call with the token sends none.
   */
  private static List<String> evidence(JsonObject body) {
    var texts = new ArrayList<String>();
    body.forEach((name, value) -> {
      boolean isPublic = name.equals(AGENT_NAME);
      if (!isPublic && value instanceof JsonString text) texts.add(text.getString());
    });
    return texts;
  }

  private HttpRequest request(Call call, Optional<SessionToken> token) {
    var builder =
        HttpRequest.newBuilder(call.at(settings.origin()))
            .header("User-Agent", settings.userAgent());
    if (call.body().isPresent()) {
      builder.method(call.method(), BodyPublishers.ofString(call.body().get().toString()));
      builder.header("Content-Type", "application/json");
    } else if (!call.method().equals("GET")) { // a GET must not have Content-Length: 0
      builder.method(call.method(), BodyPublishers.noBody());
    }
    settings
        .headers()
        .forEach((name, values) -> values.forEach(each -> builder.header(name, each)));
    token.ifPresent(given -> builder.setHeader(TOKEN_HEADER, given.value()));
    route.proxyAuthorization().ifPresent(value -> builder.setHeader("Proxy-Authorization", value));
    return builder.build();
  }

  /** Abandons calls under way. Blocks for three seconds at most. */
  @Override
  public void close() {
    quick.close();
    var other = patient;
    if (other != null) other.close();
    var last = http11;
    if (last != null) last.close();
  }
}
