package dev.sessiontoken.http;

import dev.sessiontoken.spi.Deadline;
import dev.sessiontoken.spi.SessionTokenException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
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
  private final int maxBody;
  private final Trace trace;

  Sender(HttpClient http, int maxBody, Trace trace) {
    this.http = http;
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
    var pending =
        http.sendAsync(
            request,
            head -> {
              arrival.head();
              return new BoundedBody(maxBody, head.statusCode() == 200);
            });
    try {
      var response = pending.get(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
      byte[] body = response.body() == null ? new byte[0] : response.body(); // a refused CONNECT
      var answer = new Answer(step, response.statusCode(), response.headers(), body);
      for (String secret : secrets) answer = answer.hiding(secret);
      tell(answer, body.length, response);
      return answer;
    } catch (TimeoutException e) {
      throw Trouble.timeLimit(step, arrival, e);
    } catch (ExecutionException e) {
      throw Trouble.of(step, request.uri(), arrival, e.getCause());
    } finally {
      pending.cancel(true);
    }
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
  }
}
