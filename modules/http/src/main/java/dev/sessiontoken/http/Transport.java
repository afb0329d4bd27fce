package dev.sessiontoken.http;

import dev.sessiontoken.http.proxy.Proxy;
import dev.sessiontoken.http.tls.NoTls;
import dev.sessiontoken.http.tls.QuickTls;
import dev.sessiontoken.http.tls.TlsSession;
import dev.sessiontoken.spi.Deadline;
import dev.sessiontoken.spi.Printable;
import dev.sessiontoken.spi.Secrets;
import dev.sessiontoken.spi.SessionTokenException;
import dev.sessiontoken.spi.SessionTokenException.BadAnswer;
import dev.sessiontoken.spi.SessionTokenException.Unreachable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.ResponseInfo;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * Sends one request at a time over a {@link Route} and waits for the whole answer, within a
 * deadline and a size: {@code HttpClient}'s own time limit covers neither the look-up of the host
 * nor the body.
 *
 * <p>Owns the {@code HttpClient} and its {@link ClientExecutor}; {@link #close} ends both. Safe for
 * any number of threads.
 */
final class Transport implements AutoCloseable {
  private static final Duration CLOSING = Duration.ofSeconds(1);

  private final Peer peer;
  private final int maxBody;
  private final Trace trace;
  private final ConnectStage stage;
  private final ClientExecutor executor;
  private final HttpClient http;

  /**
   * What a transport offers a server, and how long it waits for a connection.
   *
   * @param connectTimeout until the peer must have accepted a connection; null for the deadline of
   *     the request
   * @param x25519Only whether key agreement by X25519 is the only one offered: see {@link QuickTls}
   * @param isHttp2 whether HTTP/2 is offered to a server that speaks TLS
   */
  record Offer(@Nullable Duration connectTimeout, boolean x25519Only, boolean isHttp2) {
    /**
     * For first tries. After 3.5 s the kernel has sent SYN twice more, and other addresses of the
     * host are worth a try.
     */
    static final Offer QUICK = new Offer(Duration.ofMillis(3500), true, true);

    /** Everything that the JDK has, for as long as the try may last. */
    static final Offer FULL = new Offer(null, false, true);

    /** As the quick one, for a TLS context of the program's: it decides on key agreement. */
    static final Offer BROUGHT = new Offer(QUICK.connectTimeout(), false, true);

    /** For servers that refuse a request over HTTP/2. */
    static final Offer HTTP_1_1 = new Offer(null, false, false);
  }

  /**
   * A transport that has not connected yet.
   *
   * @param peer whom the route leads to first; shared with other transports of the same route
   * @param maxBody bytes of an answer's body that are accepted
   * @param trace learns of connection, answer and TLS session
   */
  Transport(Route route, Peer peer, Offer offer, int maxBody, Trace trace) {
    this(route, peer, offer, maxBody, trace, null);
  }

  /**
   * As the other constructor, with threads that the program has brought.
   *
   * @param brought used and not shut down; null for threads of this transport's own
   */
  Transport(
      Route route, Peer peer, Offer offer, int maxBody, Trace trace, @Nullable Executor brought) {
    this.peer = peer;
    this.maxBody = maxBody;
    this.trace = trace;
    this.stage = new ConnectStage(trace, route.tls().isPresent());
    this.executor = new ClientExecutor(stage, brought);
    this.http = client(route, offer);
  }

  private HttpClient client(Route route, Offer offer) {
    var builder =
        HttpClient.newBuilder().executor(executor).followRedirects(HttpClient.Redirect.NEVER);
    if (route.tls().isPresent()) {
      builder
          .version(offer.isHttp2() ? HttpClient.Version.HTTP_2 : HttpClient.Version.HTTP_1_1)
          .sslContext(
              new QuickTls(
                  route.tls().get(), offer.x25519Only(), stage::handshakeBegins, stage::ready));
    } else {
      builder
          .version(HttpClient.Version.HTTP_1_1) // asking for HTTP/2 would send an Upgrade header
          .sslContext(new NoTls());
    }
    builder.proxy(route.proxy().map(Transport::selector).orElse(HttpClient.Builder.NO_PROXY));
    var connectTimeout = offer.connectTimeout();
    if (connectTimeout != null) builder.connectTimeout(connectTimeout);
    return builder.build();
  }

  private static ProxySelector selector(Proxy proxy) {
    var address = InetSocketAddress.createUnresolved(proxy.host(), proxy.port());
    var only = List.of(new java.net.Proxy(java.net.Proxy.Type.HTTP, address));
    return new ProxySelector() {
      @Override
      public List<java.net.Proxy> select(URI uri) {
        return only;
      }

      @Override
      public void connectFailed(URI uri, SocketAddress address, IOException failure) {
        // the request fails for the same reason
      }
    };
  }

  /**
   * Sends a request. Blocks until the whole answer is there or a deadline is over.
   *
   * @param step what is being done, for messages
   * @param secrets what the answer hides where it is shown, as the server may send it back
   * @param sending when the peer must have the request: a connection, TLS and a proxy's consent
   *     come before that
   * @param deadline when the whole answer must be there
   * @throws Unreachable if there was no answer in time
   * @throws BadAnswer if the answer was not HTTP, cut short or larger than accepted
   * @throws InterruptedException if the calling thread was interrupted; the request is abandoned
   */
  Answer send(
      String step, HttpRequest request, List<String> secrets, Deadline sending, Deadline deadline)
      throws SessionTokenException, InterruptedException {
    for (String secret : secrets) trace.secret(secret);
    var answerBegun = new AtomicBoolean();
    var whole = new CompletableFuture<Received>();
    BodyHandler<byte[]> handler =
        head -> {
          answerBegun.set(true);
          return body(head, whole);
        };
    try {
      var pending = begin(step, request, handler, sending);
      Received.passOn(pending, whole);
      return answer(step, await(step, pending, whole, answerBegun, sending, deadline), secrets);
    } catch (SessionTokenException e) { // the JDK's messages quote a broken head
      throw e.hiding(Secrets.of(secrets));
    }
  }

  /**
   * Sends a request whose answer has no planned end. Blocks until the head of the answer is there,
   * and the body as well if it is a refusal.
   *
   * @param secrets as {@link #send}
   * @param calls those of the client, whose end breaks the stream off
   * @throws SessionTokenException as {@link #send}
   * @throws InterruptedException as {@link #send}
   */
  LineStream stream(
      String step, HttpRequest request, List<String> secrets, Deadline deadline, OpenCalls calls)
      throws SessionTokenException, InterruptedException {
    for (String secret : secrets) trace.secret(secret);
    var answerBegun = new AtomicBoolean();
    var handler = LineBody.handler(maxBody, answerBegun);
    var hidden = Secrets.of(secrets);
    try {
      var pending = begin(step, request, handler, deadline);
      var response = await(step, pending, pending, answerBegun, deadline, deadline);
      var body = LineBody.orEmpty(response.body()); // null after a refused CONNECT
      byte[] whole = body.whole().array();
      var answer = new Answer(step, response.statusCode(), response.headers(), whole, hidden, "");
      tell(answer, whole.length, response.version(), response.sslSession());
      return new LineStream(answer, body.rest(), calls);
    } catch (SessionTokenException e) { // as in send
      throw e.hiding(hidden);
    }
  }

  private BoundedBody body(ResponseInfo head, CompletableFuture<Received> whole) {
    var body = new BoundedBody(maxBody, isSuccess(head.statusCode()));
    // HttpClient's own future wakes one more thread first; it alone knows the TLS session
    if (!trace.isShown())
      body.getBody().thenAccept(bytes -> whole.complete(Received.of(head, bytes)));
    return body;
  }

  /**
   * Waits for what is wanted of an answer, and abandons the request if that does not come.
   *
   * @param pending the request
   * @param wanted completes with the request at the latest
   */
  private <T> T await(
      String step,
      Future<?> pending,
      Future<T> wanted,
      AtomicBoolean answerBegun,
      Deadline sending,
      Deadline deadline)
      throws SessionTokenException, InterruptedException {
    boolean isReceived = false;
    try {
      var received = await(wanted, sending, deadline);
      isReceived = true;
      return received;
    } catch (TimeoutException e) {
      throw stage.isAnswerAwaited() && !answerBegun.get()
          ? TransportFailure.noAnswerYet(step)
          : TransportFailure.timeLimit(step, stage.waitingFor(answerBegun.get()), e);
    } catch (ExecutionException e) {
      if (Thread.interrupted()) throw new InterruptedException(); // what broke the connection
      throw TransportFailure.of(step, peer.host(), answerBegun.get(), e.getCause());
    } finally {
      if (!isReceived) pending.cancel(true);
    }
  }

  private <T> T await(Future<T> pending, Deadline sending, Deadline deadline)
      throws ExecutionException, TimeoutException, InterruptedException {
    try {
      return pending.get(sending.remaining().toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      if (!stage.isAnswerAwaited()) throw e;
      return pending.get(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  private <T> CompletableFuture<HttpResponse<T>> begin(
      String step, HttpRequest request, BodyHandler<T> handler, Deadline deadline)
      throws Unreachable, InterruptedException {
    if (Thread.interrupted()) throw new InterruptedException(); // or it would break a connection
    var addresses = peer.isLiteral() ? List.<InetAddress>of() : peer.addresses(step, deadline);
    try {
      return HostAddresses.use(peer.host(), addresses, () -> http.sendAsync(request, handler));
    } catch (RejectedExecutionException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private Answer answer(String step, Received received, List<String> secrets) throws BadAnswer {
    trace.ended("answer");
    int status = received.status();
    byte[] body = received.body().array();
    var headers = received.headers();
    if (Set.copyOf(headers.allValues("Content-Length")).size() > 1) {
      throw new BadAnswer(step, "the answer has two lengths", "is a proxy in between?", null);
    }
    boolean isHttp2 = received.version() == HttpClient.Version.HTTP_2;
    if (isSuccess(status) && isHttp2 && !hasLength(headers, body.length)) {
      throw new BadAnswer(step, "the answer is not as long as its head says", "try again", null);
    }
    var plain = isSuccess(status) ? Compression.decode(step, headers, body, maxBody) : body;
    var answer = new Answer(step, status, headers, plain, Secrets.of(secrets), "");
    tell(answer, body.length, received.version(), received.tls());
    return answer;
  }

  private static boolean isSuccess(int status) {
    return status / 100 == 2;
  }

  /** HTTP/2 needs no length, and the JDK does not compare it (RFC 9113, section 8.1.1). */
  private static boolean hasLength(HttpHeaders headers, int length) {
    var said = headers.firstValue("Content-Length").map(String::strip);
    return said.isEmpty() || said.get().equals(String.valueOf(length));
  }

  private void tell(
      Answer answer, int length, HttpClient.Version version, Optional<SSLSession> tls) {
    if (!trace.isShown()) return;
    tls.ifPresent(session -> trace.tell(TlsSession.describe(session)));
    trace.tell(
        "HTTP "
            + answer.status()
            + ", "
            + version
            + ", "
            + length
            + " bytes"
            + answer
                .header("X-Coder-Request-Id")
                .map(id -> ", request " + Printable.of(answer.hide(id)))
                .orElse(""));
  }

  /** Abandons requests under way and ends the client's threads. Blocks for a second at most. */
  @Override
  public void close() {
    http.shutdownNow();
    try {
      http.awaitTermination(CLOSING);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    executor.close();
  }
}
