package dev.sessiontoken.http;

import dev.sessiontoken.http.tls.TlsFailure;
import dev.sessiontoken.spi.ClientClosedException;
import dev.sessiontoken.spi.Deadline;
import dev.sessiontoken.spi.SessionToken;
import dev.sessiontoken.spi.SessionTokenException;
import dev.sessiontoken.spi.SessionTokenException.NotConfigured;
import dev.sessiontoken.spi.SessionTokenException.Unreachable;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests to one deployment, and a session token to no other host.
 *
 * <p>The deadline covers the whole of a call: look-up of the host name, all tries, the answer's
 * body. A call is repeated as {@link RetryPolicy#DEPLOYMENT} says; a try whose request the server
 * has may wait for its answer until the deadline. Redirects are not followed. An {@code http://}
 * deployment costs no TLS set-up. Safe for any number of threads. To be closed: a client that is
 * still open delays the end of the process by a third of a second. See {@link #close(Duration)} for
 * calls that are under way then.
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
  private static final Duration CLOSING = Duration.ofSeconds(5);

  /** The header that carries the session token; from coder's codersdk/client.go. */
  private static final String TOKEN_HEADER = "Coder-Session-Token";

  /** Field of an exchange that the user chose and that a refusal repeats: no secret. */
  private static final String AGENT_NAME = "agent_name";

  /** Status 421 (RFC 9110): the server answers for another host on this connection. */
  private static final int MISDIRECTED = 421;

  private final DeploymentSettings settings;
  private final Route route;
  private final Peer peer;
  private final OpenCalls calls = new OpenCalls();
  private final Pause pause;
  private final Transport quick;

  /** Used instead of the quick one, once that has failed; null until then. */
  private volatile @Nullable Transport patient;

  /** Used instead of both, once the server has refused HTTP/2; null until then. */
  private volatile @Nullable Transport http11;

  /**
   * A call as it is sent.
   *
   * @param step its name for messages
   * @param credentials what its steps say of the session token
   * @param secrets what the answer hides
   */
  private record Prepared(
      String step, String credentials, HttpRequest request, List<String> secrets) {}

  /**
   * A client that has not connected yet. Reads the files that the settings name.
   *
   * @throws NotConfigured if the settings of TLS, proxy or headers cannot be used
   */
  public DeploymentClient(DeploymentSettings settings) throws NotConfigured {
    ExtraHeaders.check(settings.headers(), TOKEN_HEADER);
    this.settings = settings;
    this.route = Route.of(settings);
    var overrides = settings.overrides();
    this.peer = route.peer().withExecutor(overrides.executor().orElse(null));
    this.pause = calls.pausing(settings.pause());
    this.quick =
        transport(
            overrides.sslContext().isPresent() ? Transport.Offer.BROUGHT : Transport.Offer.QUICK);
  }

  private Transport transport(Transport.Offer offer) {
    var executor = settings.overrides().executor().orElse(null);
    return new Transport(route, peer, offer, MAX_BODY, settings.trace(), executor);
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
   * @throws ClientClosedException if this client is closed, or closing it broke the call off
   * @throws InterruptedException if the calling thread was interrupted; the request is abandoned
   */
  public Answer send(Call call, Optional<SessionToken> token, Deadline deadline)
      throws SessionTokenException, InterruptedException {
    return send(call, token, settings.overrides().retryPolicy(), deadline);
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
    var prepared = prepared(call, token);
    calls.begin(prepared.step());
    try {
      var report = report(call);
      return report == null
          ? opened(prepared, deadline)
          : report.calling(
              () -> report.trying(() -> opened(prepared, deadline), LineStream::answer),
              LineStream::answer);
    } catch (SessionTokenException e) {
      throw orBrokenOff(prepared.step(), e);
    } finally {
      calls.end();
    }
  }

  private LineStream opened(Prepared prepared, Deadline deadline)
      throws SessionTokenException, InterruptedException {
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
      return transport.stream(
          prepared.step(), prepared.request(), prepared.secrets(), deadline, calls);
    } catch (Unreachable e) {
      if (transport != quick || !switchRoute(e, deadline)) throw e;
      return open(prepared, deadline);
    }
  }

  private Answer send(
      Call call, Optional<SessionToken> token, RetryPolicy policy, Deadline deadline)
      throws SessionTokenException, InterruptedException {
    var prepared = prepared(call, token);
    var retries = new Retries(policy, deadline, settings.clock(), pause, settings.trace());
    calls.begin(prepared.step());
    try {
      var report = report(call);
      return report == null
          ? whole(prepared, retries, null, deadline)
          : report.calling(() -> whole(prepared, retries, report, deadline), Function.identity());
    } catch (SessionTokenException e) {
      throw orBrokenOff(prepared.step(), e);
    } finally {
      calls.end();
    }
  }

  private @Nullable CallReport report(Call call) {
    var listener = settings.overrides().listener();
    return listener.isEmpty() ? null : new CallReport(listener.get(), settings.trace(), call);
  }

  /** Returns the failure, unless closing this client is the reason for it. */
  private SessionTokenException orBrokenOff(String step, SessionTokenException failure) {
    if (calls.isBrokenOff()) throw calls.brokenOff(step, failure);
    return failure;
  }

  private Answer whole(
      Prepared prepared, Retries retries, @Nullable CallReport report, Deadline deadline)
      throws SessionTokenException, InterruptedException {
    try {
      var answer =
          retries.send(
              report == null
                  ? () -> attempt(prepared, retries, deadline)
                  : () ->
                      report.trying(
                          () -> attempt(prepared, retries, deadline), Function.identity()));
      if (answer.status() != 407) return answer.withNote(retries.note());
    } catch (Unreachable e) {
      if (calls.isBrokenOff()) throw e; // what is not worth an explanation
      var now = settings.clock().instant();
      throw retries.withTries(route.explained(e, now, retries.tryDeadline()));
    }
    throw retries.withTries(route.proxyRefused(prepared.step()));
  }

  /** Makes one try, and repeats it over the patient transport if that may get further. */
  private Answer attempt(Prepared prepared, Retries retries, Deadline deadline)
      throws SessionTokenException, InterruptedException {
    settings.trace().tell(prepared.step() + prepared.credentials());
    var transport = transport();
    try {
      if (calls.isBrokenOff()) throw calls.brokenOff(prepared.step(), null);
      var answer =
          transport.send(
              prepared.step(),
              prepared.request(),
              prepared.secrets(),
              retries.tryDeadline(),
              deadline);
      if (answer.status() != MISDIRECTED || !switchToHttp11()) return answer;
    } catch (Unreachable e) {
      if (calls.isBrokenOff()) throw calls.brokenOff(prepared.step(), e); // no further try
      boolean isSwitched =
          TransportFailure.wantsHttp11(e)
              ? switchToHttp11()
              : transport == quick && switchRoute(e, retries.tryDeadline());
      if (!isSwitched) throw e;
    }
    return attempt(prepared, retries, deadline);
  }

  private Transport transport() {
    var last = http11;
    if (last != null) return last;
    var other = patient;
    return other == null ? quick : other;
  }

  /** Returns whether it switched: not if HTTP/1.1 is in use already. */
  private synchronized boolean switchToHttp11() {
    if (http11 != null || route.tls().isEmpty() || calls.isBrokenOff()) return false;
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
    if (patient == null && !calls.isBrokenOff()) patient = transport(Transport.Offer.FULL);
  }

  private Prepared prepared(Call call, Optional<SessionToken> token) {
    return new Prepared(
        call.step(settings.origin()),
        token.isPresent() ? ", with the session token" : "",
        request(call, token),
        secrets(call, token));
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

  /**
   * Closes this client as {@link #close(Duration)} does: calls under way have five seconds to end.
   */
  @Override
  public void close() {
    close(CLOSING);
  }

  /**
   * Closes this client, its connections and its threads. From now on, calls are refused with a
   * {@link ClientClosedException}, without a request. Calls under way go on, retries included,
   * until the limit is over: then they are broken off, and throw that exception, too. Streams have
   * no planned end: they are broken off when all calls have ended, or the limit is over.
   *
   * <p>Blocks for the limit and three seconds at most; only as long as there are calls under way,
   * those of the calling thread itself excepted. An interrupt ends the limit, and stays set. May be
   * called again and by any thread.
   *
   * @param limit how long calls under way may go on; zero or negative for not at all
   */
  public void close(Duration limit) {
    calls.close(limit);
    peer.abandon();
    closeTransports();
  }

  private synchronized void closeTransports() {
    quick.close();
    if (patient != null) patient.close();
    if (http11 != null) http11.close();
  }
}
