package dev.sessiontoken.http;

import dev.sessiontoken.http.tls.TlsSession;
import dev.sessiontoken.spi.Deadline;
import dev.sessiontoken.spi.Printable;
import dev.sessiontoken.spi.SessionTokenException;
import dev.sessiontoken.spi.SessionTokenException.BadAnswer;
import dev.sessiontoken.spi.SessionTokenException.Unreachable;
import java.net.InetAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Sends one request and waits for the whole answer, within a deadline and a size. {@code
 * HttpClient}'s own time limit covers neither the look-up of the host nor the body.
 */
final class Sender implements AutoCloseable {
  private static final Duration CLOSING = Duration.ofSeconds(1);

  private final HttpClient http;
  private final Peer peer;
  private final Progress progress;
  private final int maxBody;
  private final Trace trace;

  /**
   * Takes the client over, to end it.
   *
   * @param peer whom it connects to
   * @param progress its executor
   */
  Sender(HttpClient http, Peer peer, Progress progress, int maxBody, Trace trace) {
    this.http = http;
    this.peer = peer;
    this.progress = progress;
    this.maxBody = maxBody;
    this.trace = trace;
  }

  /**
   * Sends it.
   *
   * @param secrets what the answer may send back and must not show
   */
  Answer send(String step, HttpRequest request, List<String> secrets, Deadline deadline)
      throws SessionTokenException, InterruptedException {
    var arrival = new Arrival();
    var pending = begin(step, request, arrival, deadline);
    try {
      var response = pending.get(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
      return answer(step, response, secrets);
    } catch (TimeoutException e) {
      throw TransportFailure.timeLimit(step, progress.stage(arrival), e);
    } catch (ExecutionException e) {
      throw TransportFailure.of(step, peer.host(), arrival, e.getCause());
    } finally {
      pending.cancel(true);
    }
  }

  private CompletableFuture<HttpResponse<byte[]>> begin(
      String step, HttpRequest request, Arrival arrival, Deadline deadline)
      throws Unreachable, InterruptedException {
    BodyHandler<byte[]> handler =
        head -> {
          arrival.head();
          return new BoundedBody(maxBody, head.statusCode() == 200);
        };
    var addresses = peer.isLiteral() ? List.<InetAddress>of() : peer.addresses(step, deadline);
    return HostAddresses.use(peer.host(), addresses, () -> http.sendAsync(request, handler));
  }

  private Answer answer(String step, HttpResponse<byte[]> response, List<String> secrets)
      throws BadAnswer {
    trace.ended("answer");
    int status = response.statusCode();
    byte[] body = response.body() == null ? new byte[0] : response.body(); // a refused CONNECT
    var headers = response.headers();
    if (Set.copyOf(headers.allValues("Content-Length")).size() > 1) {
      throw new BadAnswer(step, "the answer has two lengths", "is a proxy in between?", null);
    }
    var plain = status == 200 ? Compression.undone(step, headers, body, maxBody) : body;
    var answer = new Answer(step, status, headers, plain);
    for (String secret : secrets) answer = answer.hiding(secret);
    tell(answer, body.length, response);
    return answer;
  }

  private void tell(Answer answer, int length, HttpResponse<byte[]> response) {
    response.sslSession().ifPresent(session -> trace.tell(TlsSession.described(session)));
    trace.tell(
        "HTTP "
            + answer.status()
            + ", "
            + response.version()
            + ", "
            + length
            + " bytes"
            + answer
                .header("X-Coder-Request-Id")
                .map(id -> ", request " + Printable.of(answer.hide(id)))
                .orElse(""));
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
    progress.close();
  }
}
