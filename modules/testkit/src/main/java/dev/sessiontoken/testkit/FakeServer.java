package dev.sessiontoken.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;

/** An HTTP server on loopback that records requests and commits faults on demand. */
final class FakeServer implements AutoCloseable {

  /** Answers a request for which there is no fault. */
  interface Handler {
    Reply reply(SeenRequest request);

    /** Returns a fault that belongs to the request itself; empty for an answer. */
    default Optional<Fault> fault(SeenRequest request) {
      return Optional.empty();
    }
  }

  /**
   * An answer of a {@link Handler}.
   *
   * @param headers values by name; a line end parts several values of one name
   * @param more gives the rest of the body piece by piece; empty for a body that is complete
   */
  record Reply(int status, Map<String, String> headers, String body, Optional<Pieces> more) {
    Reply(int status, Map<String, String> headers, String body) {
      this(status, headers, body, Optional.empty());
    }
  }

  /** Gives parts of a body: blocks until there is one, and gives an empty one as the end. */
  interface Pieces {
    Optional<String> next() throws InterruptedException;
  }

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Handler handler;
  private final List<SeenRequest> seen = new CopyOnWriteArrayList<>();
  private final Deque<Fault> faults = new ConcurrentLinkedDeque<>();
  private volatile Optional<Fault> always = Optional.empty();
  private final CountDownLatch resumed = new CountDownLatch(1);
  private final CountDownLatch closed = new CountDownLatch(1);

  FakeServer(Optional<SSLContext> tls, Handler handler) {
    this.handler = handler;
    this.server = listen(tls);
    server.setExecutor(threads);
    server.createContext("/", this::serve);
    server.start();
  }

  private static HttpServer listen(Optional<SSLContext> tls) {
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try {
      if (tls.isEmpty()) return HttpServer.create(address, 0);
      var server = HttpsServer.create(address, 0);
      server.setHttpsConfigurator(new HttpsConfigurator(tls.get()));
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  URI url() {
    String scheme = server instanceof HttpsServer ? "https" : "http";
    var address = server.getAddress();
    return URI.create(scheme + "://" + address.getHostString() + ":" + address.getPort());
  }

  List<SeenRequest> seen() {
    return List.copyOf(seen);
  }

  synchronized void awaitRequests(int count) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (seen.size() < count) {
      long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      if (left <= 0) throw new AssertionError(seen.size() + " requests came, not " + count);
      wait(left);
    }
  }

  private synchronized void remember(SeenRequest request) {
    seen.add(request);
    notifyAll();
  }

  void faultAlways(Fault fault) {
    always = Optional.of(fault);
  }

  void fault(Fault fault) {
    faults.add(fault);
  }

  void resume() {
    resumed.countDown();
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      var request = read(exchange);
      remember(request);
      var next = faults.poll();
      var fault = next == null ? always.or(() -> handler.fault(request)).orElse(null) : next;
      if (fault == null) send(exchange, handler.reply(request));
      else commit(fault, request, exchange);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void commit(Fault fault, SeenRequest request, HttpExchange exchange)
      throws IOException, InterruptedException {
    switch (fault) {
      case Fault.Instead instead ->
          send(exchange, new Reply(instead.status(), instead.headers(), instead.body()));
      case Fault.HangUp() -> {}
      case Fault.Silence() -> closed.await();
      case Fault.Held() -> {
        resumed.await();
        send(exchange, handler.reply(request));
      }
      case Fault.CutShort() -> {
        exchange.sendResponseHeaders(200, 1000);
        exchange.getResponseBody().write("{\"access_token\":".getBytes(StandardCharsets.UTF_8));
        exchange.getResponseBody().flush();
      }
      case Fault.Endless() -> {
        exchange.sendResponseHeaders(200, 0);
        var line = " ".repeat(4096).getBytes(StandardCharsets.UTF_8);
        while (closed.getCount() > 0) exchange.getResponseBody().write(line);
      }
    }
  }

  private static SeenRequest read(HttpExchange exchange) throws IOException {
    var headers = new HashMap<String, List<String>>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), List.copyOf(values)));
    var uri = exchange.getRequestURI();
    return new SeenRequest(
        exchange.getRequestMethod(),
        uri.getPath(),
        query(uri),
        headers,
        new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
  }

  private static Map<String, String> query(URI uri) {
    var parameters = new HashMap<String, String>();
    if (uri.getRawQuery() == null) return parameters;
    for (String pair : List.of(uri.getRawQuery().split("&", -1))) {
      int sign = pair.indexOf('=');
      String name = sign < 0 ? pair : pair.substring(0, sign);
      String value = sign < 0 ? "" : pair.substring(sign + 1);
      parameters.put(decoded(name), decoded(value));
    }
    return parameters;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  private static void send(HttpExchange exchange, Reply reply)
      throws IOException, InterruptedException {
    reply
        .headers()
        .forEach((name, values) ->
            exchange.getResponseHeaders().put(name, List.of(values.split("\n", -1))));
    if (reply.more().isPresent()) {
      stream(exchange, reply.status(), reply.more().get());
      return;
    }
    var body = reply.body().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
    if (body.length > 0) exchange.getResponseBody().write(body);
  }

  /** Sends the head together with the first piece. */
  private static void stream(HttpExchange exchange, int status, Pieces pieces)
      throws IOException, InterruptedException {
    var piece = pieces.next();
    exchange.sendResponseHeaders(status, 0);
    for (; piece.isPresent(); piece = pieces.next()) {
      exchange.getResponseBody().write(piece.get().getBytes(StandardCharsets.UTF_8));
      exchange.getResponseBody().flush();
    }
  }

  @Override
  public void close() {
    resume();
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
