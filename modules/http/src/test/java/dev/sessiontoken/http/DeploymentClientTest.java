package dev.sessiontoken.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.sessiontoken.spi.Deadline;
import dev.sessiontoken.spi.SessionToken;
import dev.sessiontoken.spi.SessionTokenException;
import dev.sessiontoken.spi.SessionTokenException.BadAnswer;
import dev.sessiontoken.spi.SessionTokenException.Unreachable;
import dev.sessiontoken.testkit.FakeCoder;
import dev.sessiontoken.testkit.Fault;
import dev.sessiontoken.testkit.raw.RawServer;
import dev.sessiontoken.testkit.raw.Script;
import jakarta.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class DeploymentClientTest {
  private static final String PATH = "/api/v2/workspaceagents/me/external-auth";
  private static final Call CALL = Call.get(PATH, Map.of("id", "github", "match", ""));

  private final FakeCoder coder = FakeCoder.start();
  private final SessionToken token = SessionToken.of(coder.agentToken());
  private final List<String> steps = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() {
    coder.close();
  }

  /** A client without pauses between its tries. */
  private DeploymentClient client(URI url) throws SessionTokenException {
    var settings = DeploymentSettings.of(url).withUserAgent("test/1").withTrace(steps::add);
    return new DeploymentClient(settings.withPause(wait -> {}));
  }

  private Answer send(URI url, Call call, Optional<SessionToken> token, Deadline deadline)
      throws SessionTokenException, InterruptedException {
    try (var client = client(url)) {
      return client.send(call, token, deadline);
    }
  }

  private Answer send() throws SessionTokenException, InterruptedException {
    return send(coder.url(), CALL, Optional.of(token), soon());
  }

  private static Deadline soon() {
    return Deadline.in(Duration.ofSeconds(30));
  }

  private Throwable failure(URI url) {
    return catchThrowable(() -> send(url, CALL, Optional.of(token), soon()));
  }

  private void failed(
      Throwable failure, Class<? extends SessionTokenException> kind, URI url, String problem) {
    assertThat(failure)
        .isInstanceOf(kind)
        .hasMessageStartingWith("GET " + url + PATH + ": " + problem);
    assertThat(failure.toString()).doesNotContain(token.value());
    assertThat(((SessionTokenException) failure).hint()).isNotEmpty();
  }

  private static RawServer zipped(byte[] body) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new GZIPOutputStream(bytes)) {
      zip.write(body);
    }
    var head = "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: " + bytes.size();
    return RawServer.start((wire, _) -> {
      wire.readRequest();
      wire.write(head + "\r\n\r\n");
      wire.write(bytes.toByteArray());
    });
  }

  @Test
  void anAnswerThatIsGzipWithoutARequestForItIsUnpacked() throws Exception {
    try (var server = zipped("{\"a\":1}".getBytes(StandardCharsets.UTF_8))) {
      var answer = send(server.url(), CALL, Optional.of(token), soon());
      assertThat(answer.json()).hasToString("{\"a\":1}");
    }
  }

  @Nested
  class Requests {

    @Test
    void carryTheTokenWhenOneIsGiven() throws Exception {
      assertThat(send().status()).isEqualTo(200);
      assertThat(coder.requests().getFirst().sessionToken()).contains(token.value());
    }

    @Test
    void carryNoTokenWhenNoneIsGiven() throws Exception {
      assertThat(send(coder.url(), CALL, Optional.empty(), soon()).status()).isEqualTo(401);
      assertThat(coder.requests().getFirst().headers().toString()).doesNotContain(token.value());
    }

    @Test
    void haveNoUpgradeHeaderAndAUserAgent() throws Exception {
      send();
      assertThat(coder.requests().getFirst().headers())
          .doesNotContainKeys(
              "upgrade", "http2-settings", "content-type", "content-length", "authorization")
          .containsEntry("user-agent", List.of("test/1"));
    }

    @Test
    void carryJson() throws Exception {
      var body = Json.createObjectBuilder().add("a", "é\n").build();
      send(coder.url(), Call.post("/x", body), Optional.empty(), soon());
      var request = coder.requests().getFirst();
      assertThat(request.method()).isEqualTo("POST");
      assertThat(request.body()).isEqualTo("{\"a\":\"é\\n\"}");
      assertThat(request.header("content-type")).contains("application/json");
    }

    @Test
    void arriveWithTheirParametersAsGiven() throws Exception {
      String id = "a b&id=c/../é#?";
      send(coder.url(), Call.get(PATH, Map.of("id", id)), Optional.of(token), soon());
      assertThat(coder.requests().getFirst().query()).isEqualTo(Map.of("id", id));
      assertThat(coder.requests().getFirst().path()).isEqualTo(PATH);
    }

    @Test
    void areTracedWithoutSecretsAndParameters() throws Exception {
      send();
      assertThat(steps).contains("GET " + coder.url() + PATH + ", with the session token");
      assertThat(steps.getLast()).matches("HTTP 200, HTTP_1_1, \\d+ bytes, request [0-9a-f-]{36}");
      assertThat(steps.toString()).doesNotContain(token.value(), "github");
    }
  }

  @Nested
  class Faults {

    @Test
    void aServerThatClosesTheConnection() {
      for (int i = 0; i < 20; i++)
        coder.fault(new Fault.HangUp()); // more than the JDK's own retries of GET
      failed(
          failure(coder.url()),
          Unreachable.class,
          coder.url(),
          "the connection was closed without an answer");
    }

    @Test
    void aServerThatDoesNotAnswer() {
      coder.fault(new Fault.Silence());
      var failure =
          catchThrowable(() ->
              send(coder.url(), CALL, Optional.of(token), Deadline.in(Duration.ofMillis(300))));
      failed(
          failure,
          Unreachable.class,
          coder.url(),
          "time limit reached while waiting for an answer");
    }

    @Test
    void aServerThatStopsInTheMiddle() throws Exception {
      try (var server =
          RawServer.start(Script.stallsAfter("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{"))) {
        var failure =
            catchThrowable(() ->
                send(server.url(), CALL, Optional.of(token), Deadline.in(Duration.ofMillis(500))));
        failed(
            failure,
            Unreachable.class,
            server.url(),
            "time limit reached while waiting for the rest of the answer");
      }
    }

    @Test
    void aDeadlineThatIsOver() {
      assertThatThrownBy(
              () -> send(coder.url(), CALL, Optional.of(token), Deadline.in(Duration.ZERO)))
          .isInstanceOf(Unreachable.class)
          .hasMessageContaining("time limit reached");
    }

    @Test
    void anAnswerCutShort() {
      coder.fault(new Fault.CutShort());
      failed(failure(coder.url()), BadAnswer.class, coder.url(), "the answer was cut short");
    }

    @Test
    void aChunkedAnswerCutShort() {
      try (var server =
          RawServer.start(
              Script.sends("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\nabc"))) {
        failed(failure(server.url()), BadAnswer.class, server.url(), "the answer was cut short");
      }
    }

    @Test
    void anAnswerWithoutEnd() {
      coder.fault(new Fault.Endless());
      failed(
          failure(coder.url()),
          BadAnswer.class,
          coder.url(),
          "the answer is larger than 1048576 bytes");
    }

    @Test
    void anAnswerOfExactlyTheLimitIsNoFault() throws Exception {
      coder.fault(Fault.json(200, "x".repeat(1 << 20)));
      assertThat(send().text()).hasSize(1 << 20);
      coder.fault(Fault.json(200, "x".repeat((1 << 20) + 1)));
      failed(failure(coder.url()), BadAnswer.class, coder.url(), "the answer is larger than");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "SSH-2.0-OpenSSH_9.6\r\n",
          "\u0000\u0001\u0002\r\n\r\n",
          "HTTP/1.1 abc OK\r\n\r\n",
          "HTTP/1.1\r\n\r\n",
          "garbage HTTP/1.1 200 OK\r\n\r\n{}"
        })
    void anAnswerThatIsNoHttp(String answer) {
      try (var server = RawServer.start(Script.sends(answer))) {
        failed(failure(server.url()), BadAnswer.class, server.url(), "the answer is no HTTP");
      }
    }

    @ParameterizedTest
    @ValueSource(strings = {"minus", "-5", "99999999999999999999"})
    void anInvalidContentLength(String length) {
      try (var server =
          RawServer.start(
              Script.sends("HTTP/1.1 200 OK\r\nContent-Length: " + length + "\r\n\r\n{}"))) {
        failed(failure(server.url()), BadAnswer.class, server.url(), "the answer ");
      }
    }

    @Test
    void anInvalidHeader() {
      try (var server =
          RawServer.start(
              Script.sends("HTTP/1.1 200 OK\r\nbad header \u0001: x\r\n: y\r\n\r\n{}"))) {
        failed(failure(server.url()), BadAnswer.class, server.url(), "the answer is no HTTP");
      }
    }

    @Test
    void aHeadWithoutEnd() {
      try (var server =
          RawServer.start(
              Script.endless("HTTP/1.1 200 OK\r\n", "X: " + "y".repeat(1000) + "\r\n"))) {
        failed(
            failure(server.url()),
            BadAnswer.class,
            server.url(),
            "the answer's header section is too large");
      }
    }

    @Test
    void anUnsupportedCompression() {
      coder.fault(new Fault.Instead(200, Map.of("Content-Encoding", "br"), "{}"));
      failed(failure(coder.url()), BadAnswer.class, coder.url(), "the answer is compressed (br)");
    }

    @Test
    void aBodyThatIsNotGzip() {
      coder.fault(new Fault.Instead(200, Map.of("Content-Encoding", "gzip"), "{}"));
      failed(failure(coder.url()), BadAnswer.class, coder.url(), "the answer is no proper gzip");
    }

    @Test
    void aSmallAnswerThatIsTooLargeUnpacked() throws Exception {
      try (var server = zipped(new byte[(1 << 20) + 1])) {
        failed(
            failure(server.url()),
            BadAnswer.class,
            server.url(),
            "the answer is larger than 1048576 bytes, once unpacked");
      }
    }

    @Test
    void aTlsServerThatDoesNotAnswer() throws Exception {
      try (var server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
        var url = URI.create("https://127.0.0.1:" + server.getLocalPort());
        var soon = Deadline.in(Duration.ofMillis(700));
        failed(
            catchThrowable(() -> send(url, CALL, Optional.of(token), soon)),
            Unreachable.class,
            url,
            "time limit reached while agreeing on TLS");
      }
    }

    @Test
    void aClosedPort() throws Exception {
      URI url;
      try (var socket = new ServerSocket(0)) {
        url = URI.create("http://127.0.0.1:" + socket.getLocalPort());
      }
      failed(failure(url), Unreachable.class, url, "cannot connect");
    }

    @Test
    void aHostWithoutAddress() {
      var url = URI.create("http://nohost.invalid");
      failed(
          failure(url), Unreachable.class, url, "the host name nohost.invalid cannot be resolved");
    }

    @Test
    void aServerThatSpeaksNoTls() {
      try (var server = RawServer.start(Script.sendsFirst("220 mail.example.com ESMTP\r\n"))) {
        var url = URI.create(server.url().toString().replace("http:", "https:"));
        failed(failure(url), Unreachable.class, url, "what answered does not speak TLS");
      }
    }
  }

  @Test
  void aTryThatWaitsForAnAnswerHasTheRestOfTheDeadline() throws Exception {
    coder.fault(new Fault.Held());
    var call =
        new FutureTask<>(() -> {
          try (var transport =
              new Transport(
                  Route.direct(coder.url()),
                  Peer.of(coder.url()),
                  Transport.Offer.FULL,
                  1 << 20,
                  steps::add)) {
            var request = HttpRequest.newBuilder(CALL.at(coder.url())).build();
            var sending = Deadline.in(Duration.ofMillis(100));
            return transport.send("GET x", request, List.of(), sending, soon());
          }
        });
    Thread.ofPlatform().daemon().start(call);
    coder.awaitRequests(1);
    assertThatThrownBy(() -> call.get(300, TimeUnit.MILLISECONDS))
        .isInstanceOf(TimeoutException.class);
    coder.resume();
    assertThat(call.get().status()).isEqualTo(401);
  }

  @Test
  void followsNoRedirectAndDoesNotSendTheTokenToItsTarget() throws Exception {
    try (var other = FakeCoder.start()) {
      coder.fault(Fault.redirect(other.url() + "/elsewhere"));
      assertThat(send().status()).isEqualTo(307);
      assertThat(other.requests()).isEmpty();
    }
  }

  @Test
  void hidesTheEvidenceOfAnExchangeButNotTheNameOfTheAgent() throws Exception {
    var body = Json.createObjectBuilder().add("document", "evidence").add("agent_name", "gamma");
    var answer = send(coder.url(), Call.post("/x", body.build()), Optional.empty(), soon());
    assertThat(answer.hide("evidence of gamma")).isEqualTo("[secret] of gamma");
  }

  @Test
  void namesTheVariableOfTheProxysPassword() throws Exception {
    var refusal = "HTTP/1.1 407 No\r\nProxy-Authenticate: Basic realm=\"x\"\r\n\r\n";
    try (var proxy = RawServer.start(Script.sends(refusal))) {
      var environment = Map.of("HTTP_PROXY", proxy.url().toString());
      var settings =
          DeploymentSettings.of(URI.create("http://coder.example.com"))
              .withEnvironment(environment);
      try (var client = new DeploymentClient(settings)) {
        var failure = catchThrowable(() -> client.send(CALL, Optional.of(token), soon()));
        assertThat(failure)
            .isInstanceOf(Unreachable.class)
            .hasMessageMatching(".*: HTTP 407: the proxy [0-9.:]+ wants user and password");
        assertThat(((Unreachable) failure).hint())
            .isEqualTo("they go into HTTP_PROXY, as http://user:password@host:port");
      }
    }
  }

  @Test
  void anInterruptEndsTheCall() throws Exception {
    coder.fault(new Fault.Silence());
    var call = new FutureTask<>(() -> catchThrowable(DeploymentClientTest.this::send));
    var thread = Thread.ofPlatform().daemon().start(call);
    coder.awaitRequests(1);
    thread.interrupt();
    assertThat(call.get()).isInstanceOf(InterruptedException.class);
  }

  @Test
  void keepsNoThreadAfterItIsClosed() throws Exception {
    send();
    for (var thread : Thread.getAllStackTraces().keySet()) {
      boolean ends = !isOurs(thread) || thread.join(Duration.ofSeconds(30));
      assertThat(ends).as("%s ends", thread).isTrue(); // threads of an open client would not end
    }
  }

  private boolean isOurs(Thread thread) {
    return thread.getName().startsWith("HttpClient-");
  }

  @Test
  void theUpgradeHeaderIsNotOnTheWire() {
    try (var server =
        RawServer.start(Script.sends("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"))) {
      assertThat(failure(server.url())).isNull();
      var lines = server.requests().getFirst().lines().toList();
      assertThat(lines).first().isEqualTo("GET " + PATH + "?id=github&match= HTTP/1.1");
      assertThat(lines).noneMatch(line -> line.toLowerCase(Locale.ROOT).contains("h2c"));
      assertThat(lines).contains("Coder-Session-Token: " + token.value());
    }
  }
}
