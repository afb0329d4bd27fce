package dev.sessiontoken.testkit;

import dev.sessiontoken.spi.Deadline;
import dev.sessiontoken.spi.Secrets;
import dev.sessiontoken.spi.ServiceAnswer;
import dev.sessiontoken.spi.ServiceHttp;
import dev.sessiontoken.spi.ServiceRequest;
import dev.sessiontoken.spi.SessionTokenException;
import dev.sessiontoken.spi.SessionTokenException.BadAnswer;
import dev.sessiontoken.spi.SessionTokenException.NotConfigured;
import dev.sessiontoken.spi.SessionTokenException.Unreachable;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/**
 * HTTP of the kit's contexts: no repeats of its own, no proxy, and for servers on loopback any
 * certificate. The product's own client is {@code dev.sessiontoken.http.ServiceClient}, whose tests
 * use this kit.
 *
 * @param deadline when each request must have ended
 */
record DirectHttp(Deadline deadline) implements ServiceHttp {
  private static final int MAX_BODY = 1 << 20;
  private static final String HINT = "is the URL right, and is the service up?";

  @Override
  public ServiceAnswer send(ServiceRequest request)
      throws SessionTokenException, InterruptedException {
    var message = message(request);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor();
        var client = client(request.uri(), threads)) {
      try {
        return answer(request, client.sendAsync(message, BodyHandlers.ofInputStream()));
      } finally {
        client.shutdownNow();
        threads.shutdownNow();
      }
    }
  }

  private static HttpClient client(URI uri, Executor threads) {
    var builder =
        HttpClient.newBuilder()
            .executor(threads)
            .version(HttpClient.Version.HTTP_1_1)
            .proxy(HttpClient.Builder.NO_PROXY);
    if (isLoopback(uri.getHost())) builder.sslContext(trustful());
    return builder.build();
  }

  private static boolean isLoopback(String host) {
    return host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
  }

  private static SSLContext trustful() {
    try {
      var context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new TrustAll()}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e); // every JDK has TLS
    }
  }

  private static HttpRequest message(ServiceRequest request) throws NotConfigured {
    var body = request.body();
    var builder =
        HttpRequest.newBuilder(request.uri())
            .method(
                request.method(),
                body.map(BodyPublishers::ofByteArray).orElse(BodyPublishers.noBody()))
            .setHeader("User-Agent", "sessiontoken-testkit");
    request.headers().forEach(builder::setHeader);
    return builder.build();
  }

  private ServiceAnswer answer(
      ServiceRequest request, CompletableFuture<HttpResponse<InputStream>> pending)
      throws SessionTokenException, InterruptedException {
    String step = request.step();
    try {
      var head = within(pending);
      var body = body(step, head);
      return new ServiceAnswer(
          step, head.statusCode(), head.headers().map(), body, Secrets.of(request.secrets()), "");
    } catch (ExecutionException e) {
      throw new Unreachable(step, "no answer", HINT, e.getCause());
    } catch (TimeoutException e) {
      throw new Unreachable(step, "time limit reached", HINT, e);
    }
  }

  private byte[] body(String step, HttpResponse<InputStream> head)
      throws BadAnswer, TimeoutException, InterruptedException {
    var read = new FutureTask<>(() -> head.body().readNBytes(MAX_BODY + 1));
    Thread.startVirtualThread(read);
    try {
      byte[] body = read.get(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
      if (body.length <= MAX_BODY) return body;
      throw new BadAnswer(step, "the answer is larger than " + MAX_BODY + " bytes", HINT, null);
    } catch (ExecutionException e) {
      throw new BadAnswer(step, "the answer was cut short", HINT, e.getCause());
    } finally {
      close(head.body());
    }
  }

  private static void close(InputStream body) {
    try {
      body.close();
    } catch (IOException e) {
      // the answer is read or given up
    }
  }

  private <T> T within(CompletableFuture<T> pending)
      throws ExecutionException, TimeoutException, InterruptedException {
    return pending.get(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
  }
}
