package dev.sessiontoken.http;

import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import javax.net.ssl.SSLSession;

/**
 * What has come back for one request.
 *
 * @param body the whole of an array
 * @param tls the session that it came through; empty without TLS, and where it is not shown
 */
record Received(
    int status,
    HttpHeaders headers,
    HttpClient.Version version,
    ByteBuffer body,
    Optional<SSLSession> tls) {

  static Received of(ResponseInfo head, byte[] body) {
    return new Received(
        head.statusCode(), head.headers(), head.version(), ByteBuffer.wrap(body), Optional.empty());
  }

  private static Received of(HttpResponse<byte[]> response) {
    byte[] body = response.body() == null ? new byte[0] : response.body(); // a refused CONNECT
    return new Received(
        response.statusCode(),
        response.headers(),
        response.version(),
        ByteBuffer.wrap(body),
        response.sslSession());
  }

  /** Completes a future as a request ends, unless it is complete already. */
  static void passOn(
      CompletionStage<HttpResponse<byte[]>> request, CompletableFuture<Received> whole) {
    request.whenComplete((response, failure) -> {
      if (failure == null) whole.complete(of(response));
      else whole.completeExceptionally(failure);
    });
  }
}
