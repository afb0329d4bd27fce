package dev.sessiontoken.client;

import dev.sessiontoken.http.DeploymentSettings;
import dev.sessiontoken.spi.Deadline;
import dev.sessiontoken.spi.ProviderContext;
import dev.sessiontoken.spi.SessionToken;
import dev.sessiontoken.spi.SessionTokenProvider;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/** A client of a deployment, and a bare {@code HttpClient} that sends the same request. */
@State(Scope.Benchmark)
@Fork(1)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class CoderClientBenchmark {
  private static final String TOKEN = "0123456789-abcdefghijklmnopqrstuv";
  private static final String PATH =
      "/api/v2/workspaceagents/me/external-auth?id=github&match=";

  /** What the server speaks: HTTP/1.1 with or without TLS, or HTTP/2 with TLS. */
  @Param({"http", "https", "h2"})
  public String protocol = "";

  @Param({"jdk", "ours"})
  public String client = "";

  private @Nullable BenchServer server;
  private Asking asking = () -> 0;

  /** One call; returns the length of what was read, which keeps the work from being left out. */
  private interface Asking {
    int ask() throws Exception;
  }

  private record FixedToken() implements SessionTokenProvider {
    @Override
    public String name() {
      return "fixed";
    }

    @Override
    public SessionToken obtain(ProviderContext context) {
      return SessionToken.of(TOKEN);
    }
  }

  @Setup
  public void start() throws Exception {
    var started = new BenchServer(protocol);
    server = started;
    asking = client.equals("jdk") ? jdk(started) : ours(started);
  }

  private Asking jdk(BenchServer server) throws Exception {
    var uri = server.url().resolve(PATH);
    var builder = HttpClient.newBuilder();
    if (protocol.equals("h2")) builder.version(HttpClient.Version.HTTP_2);
    else builder.version(HttpClient.Version.HTTP_1_1);
    server.trusting().ifPresent(builder::sslContext);
    var http = builder.build();
    return () -> {
      var request =
          HttpRequest.newBuilder(uri)
              .header("Coder-Session-Token", TOKEN)
              .header("Accept", "application/json")
              .build();
      return http.send(request, BodyHandlers.ofByteArray()).body().length;
    };
  }

  private Asking ours(BenchServer server) throws Exception {
    var settings = DeploymentSettings.of(server.url());
    if (!protocol.equals("http")) settings = settings.withCaFile(server.authority());
    var coder = new CoderClient(settings, new FixedToken(), Map.of());
    var query = ExternalAuthQuery.id("github");
    return () -> {
      var account = coder.externalAuth(query, Deadline.in(Duration.ofSeconds(30)));
      return ((ExternalAuth.Linked) account).accessToken().length();
    };
  }

  @TearDown
  public void stop() throws Exception {
    if (server != null) server.close();
  }

  @Benchmark
  @Threads(1)
  public int by1() throws Exception {
    return asking.ask();
  }

  @Benchmark
  @Threads(8)
  public int by8() throws Exception {
    return asking.ask();
  }

  @Benchmark
  @Threads(64)
  public int by64() throws Exception {
    return asking.ask();
  }
}
