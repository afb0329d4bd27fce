package dev.sessiontoken.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.sessiontoken.http.tls.Causes;
import dev.sessiontoken.spi.Deadline;
import dev.sessiontoken.spi.SessionToken;
import dev.sessiontoken.spi.SessionTokenException;
import dev.sessiontoken.spi.SessionTokenException.NotConfigured;
import dev.sessiontoken.spi.SessionTokenException.Unreachable;
import dev.sessiontoken.testkit.raw.RawServer;
import dev.sessiontoken.testkit.raw.Script;
import dev.sessiontoken.testkit.tls.CertificateForm;
import dev.sessiontoken.testkit.tls.KeyedCertificate;
import dev.sessiontoken.testkit.tls.PemText;
import dev.sessiontoken.testkit.tls.TlsServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class OverridesTest {
  private static final Call CALL = Call.get("/api/v2/buildinfo", Map.of("q", "hidden"));
  private static final URI ELSEWHERE = URI.create("http://coder.example.com");
  private static final String OK =
      "HTTP/1.1 200 OK\r\nX-Coder-Request-Id: 4711\r\nContent-Length: 2\r\n\r\n{}";
  private static final String BUSY = "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n";

  private static Answer send(DeploymentSettings settings) throws Exception {
    try (var client = new DeploymentClient(settings.withPause(wait -> {}))) {
      var token = Optional.of(SessionToken.of("hunter2"));
      return client.send(CALL, token, Deadline.in(Duration.ofSeconds(30)));
    }
  }

  /** A selector that has one answer to every question. */
  private static ProxySelector selects(List<Proxy> proxies) {
    return new ProxySelector() {
      @Override
      public List<Proxy> select(URI uri) {
        return proxies;
      }

      @Override
      public void connectFailed(URI uri, SocketAddress address, IOException failure) {
        throw new AssertionError(failure);
      }
    };
  }

  private static Proxy http(URI url) {
    return new Proxy(Proxy.Type.HTTP, new InetSocketAddress(url.getHost(), url.getPort()));
  }

  /** Settings of a JVM that has these properties and this selector. */
  private record Jvm(Map<String, String> properties, Optional<ProxySelector> proxySelector)
      implements JvmSettings {

    @Override
    public Optional<String> property(String name) {
      return Optional.ofNullable(properties.get(name));
    }
  }

  @Nested
  class Proxies {
    private static final Proxy SOCKS =
        new Proxy(Proxy.Type.SOCKS, InetSocketAddress.createUnresolved("socks.test", 1080));

    private DeploymentSettings settings(ProxySelector jvm) throws Exception {
      return DeploymentSettings.of(ELSEWHERE).withJvm(new Jvm(Map.of(), Optional.of(jvm)));
    }

    @Test
    void theJvmsSelectorCountsWhereNoVariableDoes() throws Exception {
      try (var proxy = RawServer.start(Script.sends(OK))) {
        assertThat(send(settings(selects(List.of(SOCKS, http(proxy.url()))))).status())
            .isEqualTo(200);
        assertThat(proxy.requests().getFirst()).startsWith("GET http://coder.example.com/");
      }
    }

    @Test
    void aVariableBeatsTheJvmsSelector() throws Exception {
      try (var proxy = RawServer.start(Script.sends(OK))) {
        var environment = Map.of("HTTP_PROXY", proxy.url().toString());
        var failing = selects(List.of(http(URI.create("http://127.0.0.1:1"))));
        assertThat(send(settings(failing).withEnvironment(environment)).status()).isEqualTo(200);
      }
    }

    @Test
    void noProxyBeatsTheJvmsSelector() throws Exception {
      try (var server = RawServer.start(Script.sends(OK))) {
        var jvm = selects(List.of(http(URI.create("http://127.0.0.1:1"))));
        var settings =
            DeploymentSettings.of(server.url())
                .withJvm(new Jvm(Map.of(), Optional.of(jvm)))
                .withEnvironment(Map.of("NO_PROXY", "127.0.0.1"));
        assertThat(send(settings).status()).isEqualTo(200);
      }
    }

    @Test
    void aGivenSelectorBeatsAll() throws Exception {
      try (var proxy = RawServer.start(Script.sends(OK))) {
        var environment = Map.of("HTTP_PROXY", "http://127.0.0.1:1", "NO_PROXY", "*");
        var settings = settings(selects(List.of(Proxy.NO_PROXY))).withEnvironment(environment);
        var given = selects(List.of(http(proxy.url())));
        assertThat(send(settings.withProxySelector(given)).status()).isEqualTo(200);
      }
    }

    @Test
    void saysHowAProxyOfASelectorGetsItsPassword() throws Exception {
      try (var proxy = RawServer.start(Script.sends("HTTP/1.1 407 No\r\n\r\n"))) {
        var failure = catchThrowable(() -> send(settings(selects(List.of(http(proxy.url()))))));
        assertThat(((Unreachable) failure).hint()).startsWith("they go into HTTPS_PROXY, as ");
      }
    }

    @Test
    void aSelectorThatFailsIsNotConfigured() {
      assertThatThrownBy(() -> send(settings(new Failing())))
          .isInstanceOf(NotConfigured.class)
          .hasMessageEndingWith(
              "the JVM's ProxySelector fails with java.lang.IllegalArgumentException");
    }

    /** A selector that throws. */
    private static final class Failing extends ProxySelector {
      @Override
      public List<Proxy> select(URI uri) {
        throw new IllegalArgumentException("hunter2");
      }

      @Override
      public void connectFailed(URI uri, SocketAddress address, IOException failure) {
        throw new AssertionError(failure);
      }
    }

    @Test
    void anIsolatedClientAsksNoJvm() throws Exception {
      assertThat(DeploymentSettings.isolated(ELSEWHERE).overrides().jvm()).isEmpty();
      assertThat(DeploymentSettings.of(ELSEWHERE).overrides().jvm())
          .contains(JvmSettings.ofThisProcess());
    }
  }

  @Nested
  class Trust {
    private static final String STORE = "javax.net.ssl.trustStore";
    private static final String PASSWORD = STORE + "Password";

    @TempDir Path folder;
    private final KeyedCertificate root = KeyedCertificate.root("Company");
    private final KeyedCertificate server = root.issue(CertificateForm.server("localhost"));

    private KeyStore keyStore() throws Exception {
      var store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setCertificateEntry("root", root.certificate());
      return store;
    }

    private Map<String, String> properties() throws Exception {
      var file = folder.resolve("store.p12");
      try (var out = Files.newOutputStream(file)) {
        keyStore().store(out, "changeit".toCharArray());
      }
      return Map.of(STORE, file.toString(), PASSWORD, "changeit");
    }

    private SSLContext context() throws Exception {
      var factory = TrustManagerFactory.getInstance("PKIX");
      factory.init(keyStore());
      var context = SSLContext.getInstance("TLS");
      context.init(null, factory.getTrustManagers(), null);
      return context;
    }

    /** What a call to a server that answers no HTTP throws with these settings. */
    private Throwable failure(UnaryOperator<DeploymentSettings> settings) throws Exception {
      try (var running = new TlsServer(server)) {
        var url = URI.create("https://localhost:" + running.port());
        return catchThrowable(() -> send(settings.apply(DeploymentSettings.isolated(url))));
      }
    }

    private Throwable failure(Map<String, String> properties) throws Exception {
      return failure(settings -> settings.withJvm(new Jvm(properties, Optional.empty())));
    }

    private static void isTrusted(Throwable failure, boolean expected) {
      boolean isTrusted = Causes.first(failure, SSLException.class) == null;
      assertThat(failure).isInstanceOf(SessionTokenException.class);
      assertThat(failure).isNotInstanceOf(NotConfigured.class);
      assertThat(isTrusted).as(failure.toString()).isEqualTo(expected);
    }

    @Test
    void theJvmsTrustStoreCounts() throws Exception {
      isTrusted(failure(Map.of()), false);
      isTrusted(failure(properties()), true);
    }

    @Test
    void aVariableBeatsTheJvmsTrustStore() throws Exception {
      var other = PemText.certificates(KeyedCertificate.root("Other"));
      var file = Files.writeString(folder.resolve("other.pem"), other);
      var jvm = new Jvm(properties(), Optional.empty());
      var environment = Map.of("SSL_CERT_FILE", file.toString());
      isTrusted(failure(each -> each.withJvm(jvm).withEnvironment(environment)), false);
    }

    @Test
    void aTrustStoreThatCannotBeReadIsNamed() throws Exception {
      assertThat(failure(Map.of(STORE, "/none/such")))
          .isInstanceOf(NotConfigured.class)
          .hasMessage(
              "read the certificate authorities: javax.net.ssl.trustStore names /none/such, which"
                  + " does not exist");
      var wrong = new HashMap<>(properties());
      wrong.put(PASSWORD, "hunter2");
      assertThat(failure(wrong))
          .isInstanceOf(NotConfigured.class)
          .hasMessageEndingWith("which cannot be read as a key store of type pkcs12");
      wrong.remove(PASSWORD);
      assertThat(failure(wrong))
          .isInstanceOf(NotConfigured.class)
          .hasMessageEndingWith("which holds no certificate that can be read");
    }

    @Test
    void theGivenContextDecides() throws Exception {
      var context = context();
      isTrusted(failure(settings -> settings.withSslContext(context)), true);
      var usual = SSLContext.getInstance("TLS");
      usual.init(null, null, null);
      isTrusted(failure(settings -> settings.withSslContext(usual)), false);
    }

    @Test
    void theGivenContextAndACaFileAreRefused() throws Exception {
      var context = context();
      var file = Files.writeString(folder.resolve("root.pem"), PemText.certificates(root));
      assertThat(failure(settings -> settings.withSslContext(context).withCaFile(file)))
          .isInstanceOf(NotConfigured.class)
          .hasMessageStartingWith("set up TLS: an SSLContext is given, and a CA file");
    }
  }

  @Nested
  class Threads {

    @Test
    void theGivenExecutorRunsTheWorkAndStaysOpen() throws Exception {
      var used = new AtomicInteger();
      try (var server = RawServer.start(Script.sends(OK));
          ExecutorService threads = Executors.newCachedThreadPool()) {
        var settings =
            DeploymentSettings.of(server.url())
                .withExecutor(work -> {
                  used.incrementAndGet();
                  threads.execute(work);
                });
        assertThat(send(settings).status()).isEqualTo(200);
        assertThat(threads.isShutdown()).isFalse();
      }
      assertThat(used).hasPositiveValue();
    }

    @Test
    void anExecutorThatTakesNoWorkIsNamed() throws Exception {
      try (var server = RawServer.start(Script.sends(OK))) {
        var threads = Executors.newCachedThreadPool();
        threads.shutdown();
        var local = URI.create("http://localhost:" + server.url().getPort());
        for (var url : List.of(server.url(), local)) {
          var settings = DeploymentSettings.of(url).withExecutor(threads);
          assertThatThrownBy(() -> send(settings))
              .isInstanceOf(Unreachable.class)
              .hasMessageContaining(": the executor of these settings takes no work");
        }
      }
    }
  }

  @Nested
  class Tries {

    @Test
    void theGivenPolicyReplacesTheUsualOne() throws Exception {
      try (var server = RawServer.start(Script.sends(BUSY))) {
        var two = RetryPolicy.DEPLOYMENT.withTries(2);
        send(DeploymentSettings.of(server.url()).withRetryPolicy(two));
        assertThat(server.requests()).hasSize(2);
        var none = RetryPolicy.DEPLOYMENT.withStatuses(Set.of());
        send(DeploymentSettings.of(server.url()).withRetryPolicy(none));
        assertThat(server.requests()).hasSize(3);
      }
    }

    @Test
    void pausesOfManyTriesDoNotOverflow() {
      var many = RetryPolicy.DEPLOYMENT.withTries(1000).withFirstPause(Duration.ofDays(9999));
      for (int tries : new int[] {1, 2, 63, 64, 999}) {
        assertThat(many.pauseAfter(tries)).isBetween(Duration.ZERO, Duration.ofDays(2_000_000));
      }
    }

    @Test
    void refusesPoliciesWithoutMeaning() {
      assertThatThrownBy(() -> RetryPolicy.DEPLOYMENT.withTries(0))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> RetryPolicy.DEPLOYMENT.withFirstPause(Duration.ofMillis(-1)))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Nested
  class Listening {
    private final List<CallEvent> events = new ArrayList<>();

    @Test
    void learnsOfStartTriesAndEnd() throws Exception {
      try (var server = RawServer.start(Script.inTurn(Script.sends(BUSY), Script.sends(OK)))) {
        send(DeploymentSettings.of(server.url()).withListener(events::add));
      }
      assertThat(events)
          .hasSize(4)
          .allMatch(event -> event.method().equals("GET"))
          .allMatch(event -> event.path().equals("/api/v2/buildinfo"))
          .allMatch(event -> event.id().equals(events.getFirst().id()));
      assertThat(events.get(0)).isInstanceOf(CallEvent.Started.class);
      var first = (CallEvent.Tried) events.get(1);
      assertThat(first.attempt()).isEqualTo(1);
      assertThat(first.result()).isEqualTo(new CallEvent.Answered(503, Optional.empty()));
      var second = (CallEvent.Tried) events.get(2);
      assertThat(second.attempt()).isEqualTo(2);
      var end = (CallEvent.Ended) events.get(3);
      assertThat(end.tries()).isEqualTo(2);
      assertThat(end.result()).isEqualTo(new CallEvent.Answered(200, Optional.of("4711")));
      assertThat(end.duration()).isGreaterThanOrEqualTo(second.duration());
    }

    @Test
    void learnsOfAFailureWithoutASecret() throws Exception {
      String broken = "HTTP/1.1 200 OK\r\nX Y hunter2: \r\n\r\n";
      try (var server = RawServer.start(Script.sends(broken))) {
        var policy = RetryPolicy.DEPLOYMENT.withTries(1);
        var settings = DeploymentSettings.of(server.url()).withRetryPolicy(policy);
        var _ = catchThrowable(() -> send(settings.withListener(events::add)));
      }
      var end = (CallEvent.Ended) events.getLast();
      assertThat(end.result()).isInstanceOf(CallEvent.Failed.class);
      assertThat(events.toString()).doesNotContain("hunter2").doesNotContain("hidden");
    }

    @Test
    void whatItThrowsDoesNotBreakTheCall() throws Exception {
      var steps = new ArrayList<String>();
      try (var server = RawServer.start(Script.sends(OK))) {
        var settings = DeploymentSettings.of(server.url()).withTrace(steps::add);
        CallListener broken =
            event -> {
              throw new AssertionError("hunter2");
            };
        assertThat(send(settings.withListener(broken)).status()).isEqualTo(200);
      }
      assertThat(steps)
          .contains("the listener for calls fails with java.lang.AssertionError")
          .noneMatch(step -> step.contains("hunter2"));
    }

    @Test
    void learnsOfAStream() throws Exception {
      try (var server = RawServer.start(Script.stallsAfter("HTTP/1.1 200 OK\r\n\r\n"));
          var client =
              new DeploymentClient(DeploymentSettings.of(server.url()).withListener(events::add));
          var stream = client.stream(CALL, Optional.empty(), Deadline.in(Duration.ofSeconds(30)))) {
        assertThat(stream.answer().status()).isEqualTo(200);
      }
      assertThat(events).hasSize(3).last().isInstanceOf(CallEvent.Ended.class);
    }
  }
}
