package dev.sessiontoken.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.sessiontoken.spi.Deadline;
import dev.sessiontoken.spi.ServiceAnswer;
import dev.sessiontoken.spi.ServiceRequest;
import dev.sessiontoken.spi.SessionTokenException;
import dev.sessiontoken.spi.SessionTokenException.BadAnswer;
import dev.sessiontoken.spi.SessionTokenException.NotConfigured;
import dev.sessiontoken.spi.SessionTokenException.Rejected;
import dev.sessiontoken.spi.SessionTokenException.Unreachable;
import dev.sessiontoken.testkit.FakeService;
import dev.sessiontoken.testkit.FakeService.Answer;
import dev.sessiontoken.testkit.Fault;
import dev.sessiontoken.testkit.raw.RawServer;
import dev.sessiontoken.testkit.raw.Script;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.FutureTask;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ServiceClientTest {
  private static final String SECRET = "k3y-of-the-user";

  private final FakeService service = FakeService.start();
  private final Told told = new Told();

  /** What a program learns of the requests. */
  private static final class Told implements Trace {
    final List<String> steps = new CopyOnWriteArrayList<>();
    final List<String> secrets = new CopyOnWriteArrayList<>();

    @Override
    public void tell(String event) {
      steps.add(event);
    }

    @Override
    public void secret(String value) {
      secrets.add(value);
    }
  }

  @AfterEach
  void stop() {
    service.close();
  }

  private DeploymentSettings settings() throws NotConfigured {
    return DeploymentSettings.of(URI.create("https://coder.example.com"))
        .withUserAgent("test/1")
        .withHeader("X-Of-The-Deployment", "h3ader-value")
        .withTrace(told)
        .withPause(wait -> {});
  }

  private ServiceAnswer send(ServiceRequest request, Duration limit)
      throws SessionTokenException, InterruptedException {
    return new ServiceClient(settings(), List.of(SECRET), Deadline.in(limit)).send(request);
  }

  private ServiceAnswer send(ServiceRequest request)
      throws SessionTokenException, InterruptedException {
    return send(request, Duration.ofSeconds(30));
  }

  private String url(String path) {
    return service.url() + path;
  }

  private ServiceRequest get() {
    return ServiceRequest.get(url("/token"));
  }

  private ServiceRequest post() {
    return ServiceRequest.postForm(url("/token"), Map.of("grant_type", "x"));
  }

  @Test
  void sendsTheRequestAndNothingOfTheDeployment() throws Exception {
    service.on("POST", "/login", Answer.json(200, "{\"pass\":1}"));
    var request =
        ServiceRequest.postJson(url("/login?ns=a"), Map.of("role", "workspace"))
            .withHeader("X-Vault-Token", SECRET);
    var answer = send(request);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text()).isEqualTo("{\"pass\":1}");
    assertThat(answer.header("content-TYPE")).contains("application/json");
    var seen = service.requests().getFirst();
    assertThat(seen.body()).isEqualTo("{\"role\":\"workspace\"}");
    assertThat(seen.query()).containsEntry("ns", "a");
    assertThat(seen.header("user-agent")).contains("test/1");
    assertThat(seen.header("x-vault-token")).contains(SECRET);
    assertThat(seen.headers()).doesNotContainKeys("x-of-the-deployment", "coder-session-token");
  }

  @Test
  void tellsStepsAndSecrets() throws Exception {
    service.on("GET", "/token", Answer.text(200, "abc"));
    send(get().withBearer("b3arer-value"));
    assertThat(told.steps)
        .contains("GET " + url("/token"))
        .anyMatch(each -> each.startsWith("HTTP 200"));
    assertThat(told.secrets).contains(SECRET, "b3arer-value");
  }

  @Test
  void aRefusalIsAnAnswerAndHidesWhatWasSent() throws Exception {
    service.on("POST", "/login", seen -> Answer.text(403, "not " + seen.body() + SECRET));
    var request = ServiceRequest.post(url("/login"), "text/plain", "a body of twenty chars");
    var answer = send(request);
    assertThat(answer.status()).isEqualTo(403);
    assertThatThrownBy(() -> answer.requireSuccess("check it"))
        .isInstanceOf(Rejected.class)
        .hasMessage("POST " + url("/login") + ": HTTP 403: not [secret]");
  }

  @ParameterizedTest
  @CsvSource({
    "408, 4, 1",
    "425, 4, 4",
    "429, 4, 4",
    "500, 4, 1",
    "502, 4, 1",
    "503, 4, 1",
    "504, 4, 1",
    "501, 1, 1",
    "400, 1, 1",
    "404, 1, 1",
    "302, 1, 1"
  })
  void repeatsWhatMayBeSentTwice(int status, int gets, int posts) throws Exception {
    service.faultAlways(new Fault.Instead(status, Map.of(), "no"));
    assertThat(send(get()).status()).isEqualTo(status);
    assertThat(service.requests()).hasSize(gets);
    assertThat(send(post()).status()).isEqualTo(status);
    assertThat(service.requests()).hasSize(gets + posts);
    send(post().asRepeatable());
    assertThat(service.requests()).hasSize(2 * gets + posts);
  }

  @Test
  void theMessageCountsTheTries() throws Exception {
    service.faultAlways(new Fault.Instead(503, Map.of(), ""));
    assertThat(send(get()).failure(""))
        .isInstanceOf(Unreachable.class)
        .message()
        .contains("HTTP 503 (4 tries in ");
  }

  @Test
  void aPostIsNotRepeatedOnceTheServiceMayHaveIt() throws Exception {
    service.fault(new Fault.HangUp());
    service.on("POST", "/token", Answer.text(200, "abc"));
    assertThatThrownBy(() -> send(post()))
        .isInstanceOf(Unreachable.class)
        .hasMessageContaining("POST " + url("/token"));
    assertThat(service.requests()).hasSize(1);
  }

  @Test
  void aGetIsRepeatedAfterABrokenConnection() throws Exception {
    service.fault(new Fault.HangUp()).on("GET", "/token", Answer.text(200, "abc"));
    assertThat(send(get()).text()).isEqualTo("abc");
    assertThat(service.requests()).hasSize(2);
  }

  @Test
  void aPostIsRepeatedWhereNobodyListens() throws Exception {
    int port = closedPort();
    var request = ServiceRequest.post("http://127.0.0.1:" + port + "/x", "text/plain", "x");
    assertThatThrownBy(() -> send(request))
        .isInstanceOf(Unreachable.class)
        .hasMessageContaining("cannot connect")
        .hasMessageContaining("4 tries")
        .extracting(e -> ((Unreachable) e).hint())
        .isEqualTo("is the URL right, and is the service up?");
  }

  private static int closedPort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Test
  void redirectsAreNotFollowed() throws Exception {
    service.fault(Fault.redirect(url("/elsewhere"))).on("GET", "/elsewhere", Answer.text(200, "x"));
    assertThat(send(get()).status()).isEqualTo(307);
    assertThat(service.requests()).hasSize(1);
  }

  @Test
  void endsAtTheDeadline() {
    service.faultAlways(new Fault.Silence());
    assertThatThrownBy(() -> send(get(), Duration.ofMillis(300)))
        .isInstanceOf(Unreachable.class)
        .hasMessageContaining("time limit reached");
  }

  @Test
  void aSlowBodyEndsAtTheDeadline() throws Exception {
    String head = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n";
    var script = Script.drips(head, "a".repeat(100), Duration.ofMillis(50));
    try (var server = RawServer.start(script)) {
      var request = ServiceRequest.get(server.url() + "/token");
      assertThatThrownBy(() -> send(request, Duration.ofMillis(400)))
          .isInstanceOf(Unreachable.class)
          .hasMessageContaining("time limit reached while waiting for the rest of the answer");
    }
  }

  @Test
  void anInterruptEndsIt() throws Exception {
    service.faultAlways(new Fault.Silence());
    var call = new FutureTask<>(() -> catchThrowable(() -> send(get())));
    var thread = Thread.ofPlatform().daemon().start(call);
    service.awaitRequests(1);
    thread.interrupt();
    assertThat(call.get()).isInstanceOf(InterruptedException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SSH-2.0-OpenSSH_9.6\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf a tok",
        "HTTP/1.1 201 Created\r\nContent-Length: 100\r\n\r\nhalf a tok",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\nzz\r\n",
        "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc",
        "HTTP/1.1 200 OK\r\nContent-Encoding: br\r\nContent-Length: 3\r\n\r\nabc",
        "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 5\r\n\r\nabcde"
      })
  void anAnswerThatMakesNoSenseIsABadAnswer(String answer) throws Exception {
    try (var server = RawServer.start(Script.sends(answer))) {
      assertThatThrownBy(() -> send(ServiceRequest.get(server.url() + "/token")))
          .isInstanceOf(BadAnswer.class)
          .hasMessageStartingWith("GET " + server.url() + "/token: ")
          .extracting(e -> ((BadAnswer) e).hint())
          .asString()
          .doesNotContain("deployment");
    }
  }

  @Test
  void aBodyWithoutEndIsABadAnswer() {
    service.faultAlways(new Fault.Endless());
    assertThatThrownBy(() -> send(get()))
        .isInstanceOf(BadAnswer.class)
        .hasMessageContaining("larger than 1048576 bytes");
  }

  @Test
  void unpacksGzip() throws Exception {
    var packed = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(packed)) {
      gzip.write("abc".getBytes(StandardCharsets.UTF_8));
    }
    String head =
        "HTTP/1.1 201 Created\r\nContent-Encoding: gzip\r\nContent-Length: "
            + packed.size()
            + "\r\n\r\n";
    Script script =
        (wire, _) -> {
          wire.readRequest();
          wire.write(head);
          wire.write(packed.toByteArray());
        };
    try (var server = RawServer.start(script)) {
      assertThat(send(ServiceRequest.get(server.url() + "/")).text()).isEqualTo("abc");
    }
  }

  @Test
  void goesThroughTheProxyOfTheEnvironmentUnlessNoProxyNamesTheHost() throws Exception {
    service.on("GET", "/token", Answer.text(200, "by the proxy"));
    var proxied = settings().withEnvironment(Map.of("HTTP_PROXY", service.url().toString()));
    var request = ServiceRequest.get("http://vault.invalid/token");
    var client = new ServiceClient(proxied, List.of(), Deadline.in(Duration.ofSeconds(30)));
    assertThat(client.send(request).text()).isEqualTo("by the proxy");

    var direct =
        settings()
            .withEnvironment(
                Map.of("HTTP_PROXY", service.url().toString(), "NO_PROXY", ".invalid"));
    var other = new ServiceClient(direct, List.of(), Deadline.in(Duration.ofSeconds(30)));
    assertThatThrownBy(() -> other.send(request))
        .isInstanceOf(Unreachable.class)
        .hasMessageContaining("vault.invalid");
  }

  @Test
  void trustsTheAuthoritiesThatTheUserAdds(@TempDir Path folder) throws Exception {
    try (var secure = FakeService.startTls()) {
      secure.on("GET", "/token", Answer.text(200, "abc"));
      var request = ServiceRequest.get(secure.url() + "/token");
      assertThatThrownBy(() -> send(request))
          .isInstanceOf(Unreachable.class)
          .hasMessageContaining("certificate");
      secure.writeAuthority(folder.resolve("ca.pem"));
      var client =
          new ServiceClient(
              settings().withCaFile(folder.resolve("ca.pem")),
              List.of(),
              Deadline.in(Duration.ofSeconds(30)));
      assertThat(client.send(request).text()).isEqualTo("abc");
      assertThat(client.send(request).text()).isEqualTo("abc");
    }
  }

  @Test
  void readsTheClientCertificateOnlyWhereItIsAskedFor(@TempDir Path folder) throws Exception {
    try (var secure = FakeService.startTls()) {
      secure.on("GET", "/token", Answer.text(200, "abc"));
      secure.writeAuthority(folder.resolve("ca.pem"));
      var missing = folder.resolve("none.pem");
      var client =
          new ServiceClient(
              settings()
                  .withCaFile(folder.resolve("ca.pem"))
                  .withClientCertificate(missing, missing),
              List.of(),
              Deadline.in(Duration.ofSeconds(30)));
      var request = ServiceRequest.get(secure.url() + "/token");
      assertThat(client.send(request).text()).isEqualTo("abc");
      assertThatThrownBy(() -> client.send(request.withClientCertificate()))
          .isInstanceOf(NotConfigured.class)
          .hasMessageContaining("none.pem");
    }
  }

  @Test
  void leavesNoThreadBehind() throws Exception {
    service.on("GET", "/token", Answer.text(200, "abc"));
    var before = Thread.getAllStackTraces().keySet();
    send(get());
    for (var thread : Thread.getAllStackTraces().keySet()) {
      boolean isOurs = thread.getName().equals("HTTP") || thread.getName().contains("HttpClient");
      if (before.contains(thread) || !isOurs) continue;
      thread.join(Duration.ofSeconds(5));
      assertThat(thread.isAlive()).as("%s stays", thread).isFalse();
    }
  }
}
