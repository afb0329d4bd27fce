package dev.sessiontoken.http.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.sessiontoken.testkit.tls.CertificateForm;
import dev.sessiontoken.testkit.tls.CertificateForm.Purpose;
import dev.sessiontoken.testkit.tls.KeyedCertificate;
import dev.sessiontoken.testkit.tls.PemText;
import dev.sessiontoken.testkit.tls.TlsServer;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManager;
import javax.security.auth.x500.X500Principal;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TlsFailureTest {
  private final Instant now = Instant.now();

  private final KeyedCertificate root = KeyedCertificate.root("Root");
  private final KeyedCertificate intermediate =
      root.issue(CertificateForm.authority("Intermediate"));

  @TempDir Path folder;

  @Nested
  class WithTheServersCertificate {
    @Test
    void namesTheDateAfterWhichItIsNoLongerValid() throws Exception {
      var shown = explained(root, root.issue(CertificateForm.server("localhost").expired()));
      assertThat(shown.problem())
          .isEqualTo("the certificate of the server expired on 2021-02-03T04:05:06Z");
      assertThat(shown.hint()).isEqualTo("have it renewed, or set the clock right");
    }

    @Test
    void namesTheDateBeforeWhichItIsNotYetValid() throws Exception {
      var form =
          CertificateForm.server("localhost").withDates(now.plusSeconds(900), now.plusSeconds(999));
      assertThat(explained(root, root.issue(form)).problem())
          .startsWith("the certificate of the server is not valid before 20");
    }

    @ParameterizedTest
    @CsvSource({
      "PT3H1M, the clock of this machine is 3 hours behind the server's: set it right",
      "PT-5M, the clock of this machine is 5 minutes ahead of the server's: set it right",
      "P400D, the clock of this machine is 400 days behind the server's: set it right",
      "PT1M, have it renewed",
    })
    void comparesTheClocksIfItCan(Duration ahead, String hint) throws Exception {
      var failure = failure(root, root.issue(CertificateForm.server("localhost").expired()));
      assertThat(TlsFailure.of(failure, now, () -> Optional.of(now.plus(ahead))))
          .map(TlsFailure::hint)
          .contains(hint);
    }

    @Test
    void namesTheIntermediateThatHasExpired() throws Exception {
      var expired = root.issue(CertificateForm.authority("Old").expired());
      assertThat(
              explained(root, expired.issue(CertificateForm.server("localhost")), expired)
                  .problem())
          .isEqualTo("the certificate of CN=Old,O=Example expired on 2021-02-03T04:05:06Z");
    }

    @Test
    void namesTheAuthorityThatHasExpired() throws Exception {
      var expired = CertificateForm.authority("Old").expired().selfSigned();
      assertThat(explained(expired, expired.issue(CertificateForm.server("localhost"))).problem())
          .isEqualTo("the authority CN=Old,O=Example expired on 2021-02-03T04:05:06Z");
    }

    @Test
    void saysForWhichHostsItIs() throws Exception {
      String evil = "evil\n\u001b[31m.example";
      var form = CertificateForm.server("a.example", "*.b.example", evil, "d", "e", "f", "g");
      assertThat(explained(root, root.issue(form)).problem())
          .isEqualTo(
              "the certificate of the server is for a.example, *.b.example,"
                  + " evil\\n\\u001b[31m.example, d, e and 2 more");
    }

    @Test
    void saysThatItIsForNoHost() throws Exception {
      assertThat(explained(root, root.issue(CertificateForm.server())).problem())
          .isEqualTo("the certificate of the server is for no host, only CN=a server,O=Example");
    }

    @Test
    void saysThatAnAddressIsNamedAsIfItWereAHostName() throws Exception {
      var form = CertificateForm.server("DNS:127.0.0.1");
      assertThat(explained(root, root.issue(form)).hint()).contains("DNS: instead of IP:");
    }

    @Test
    void saysForWhichAddressesItIs() throws Exception {
      assertThat(explained(root, root.issue(CertificateForm.server("192.0.2.1"))).problem())
          .endsWith("is for 192.0.2.1");
    }

    @Test
    void namesTheUnknownAuthority() throws Exception {
      var shown =
          explained(
              KeyedCertificate.root("X"),
              intermediate.issue(CertificateForm.server("localhost")),
              intermediate);
      assertThat(shown.problem())
          .isEqualTo(
              "the certificate of the server comes from an unknown authority, CN=Root,O=Example");
      assertThat(shown.hint()).contains("add its certificate to the trusted ones");
    }

    @Test
    void namesTheIntermediateThatIsMissing() throws Exception {
      assertThat(explained(root, intermediate.issue(CertificateForm.server("localhost"))).problem())
          .endsWith("unknown authority, CN=Intermediate,O=Example");
    }

    @Test
    void namesTheUnknownAuthorityBesideAnUnrelatedKnownOne() throws Exception {
      var server = KeyedCertificate.root("X").issue(CertificateForm.server("localhost"));
      assertThat(explained(root, server, root).problem())
          .endsWith("unknown authority, CN=X,O=Example");
    }

    @Test
    void makesItsNamesVisibleAndShort() throws Exception {
      var evil = new X500Principal("CN=\"a\u001b[2J\u202e" + "long".repeat(100) + "\"");
      var authority = CertificateForm.authority("Evil").withSubject(evil).selfSigned();
      var problem = explained(root, authority.issue(CertificateForm.server("localhost"))).problem();
      assertThat(problem)
          .contains("CN=a\\u001b[2J\\u202elong")
          .endsWith("… (cut: 409 characters)")
          .hasSizeLessThan(250);
    }

    @Test
    void saysThatItIsSelfSigned() throws Exception {
      var shown = explained(root, CertificateForm.server("localhost").selfSigned());
      assertThat(shown.problem())
          .isEqualTo(
              "the certificate of the server, CN=a server,O=Example, is signed by nobody but"
                  + " itself");
      assertThat(shown.hint()).contains("add its certificate to the trusted ones");
    }

    @Test
    void saysThatItsSignerMayNotSign() throws Exception {
      var pretender =
          root.issue(CertificateForm.server("a.example").withSubject(new X500Principal("CN=P")));
      assertThat(
              explained(root, pretender.issue(CertificateForm.server("localhost")), pretender)
                  .problem())
          .isEqualTo("the certificate of the server was signed by one that may not sign others");
    }

    @Test
    void saysThatItsAuthorityMayNotVouchForTheName() throws Exception {
      var bound = root.issue(CertificateForm.authority("Bound").onlyFor("example.com"));
      assertThat(explained(root, bound.issue(CertificateForm.server("localhost")), bound).problem())
          .isEqualTo("an authority in the chain of the server may not vouch for its name");
    }

    @Test
    void saysThatItIsSignedWithAnotherKey() throws Exception {
      assertThat(
              explained(
                      KeyedCertificate.root("Root"),
                      root.issue(CertificateForm.server("localhost")))
                  .problem())
          .isEqualTo(
              "the chain of the server is signed with another key than that of the authority");
    }

    @Test
    void saysThatItIsNotForServers() throws Exception {
      var form = CertificateForm.server("localhost").withPurpose(Purpose.CLIENT);
      assertThat(explained(root, root.issue(form)).problem())
          .isEqualTo("the certificate of the server is not made for servers");
    }
  }

  @Nested
  class WithTheProtocol {
    @Test
    void saysThatPlainHttpAnswered() throws Exception {
      assertThat(
              answered("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII))
                  .problem())
          .isEqualTo("what answered does not speak TLS, most likely plain HTTP");
    }

    @Test
    void saysThatTheServerHungUp() throws Exception {
      assertThat(answered(new byte[0]).problem())
          .isEqualTo("the server hung up during the TLS handshake");
    }

    @Test
    void saysThatTheServerOffersOldVersionsOnly() throws Exception {
      var hello = "160302002a" + "020000260302" + "00".repeat(32) + "00" + "c013" + "00";
      assertThat(answered(HexFormat.of().parseHex(hello)).problem())
          .isEqualTo("the server offers no version of TLS that is still safe");
    }

    @ParameterizedTest
    @CsvSource({
      "40, the server found no common ground for TLS (alert handshake_failure)",
      "70, the server offers no version of TLS that is still safe",
      "42, 'the server does not accept the client certificate, or the lack of one (alert"
          + " bad_certificate)'",
      "80, the server broke TLS off with the alert internal_error",
      "112, the server does not know the host name",
      "116, the server wants a client certificate",
    })
    void readsAlerts(int alert, String problem) throws Exception {
      assertThat(answered(new byte[] {21, 3, 3, 0, 2, 2, (byte) alert}).problem())
          .isEqualTo(problem);
    }

    @Test
    void saysThatTheServerWantsAClientCertificate() throws Exception {
      var chain = root.issue(CertificateForm.server("localhost"));
      try (var server = new TlsServer(socket -> socket.setNeedClientAuth(true), chain)) {
        var failure = catchThrowable(() -> server.greet("localhost", null, trust(root)));
        assertThat(words(failure).problem()).isEqualTo("the server wants a client certificate");
      }
    }

    @Test
    void readsWhatTheHttpClientOfTheJdkThrows() throws Exception {
      var unlike = root.issue(CertificateForm.server("example.com"));
      assertThat(askedByHttp(unlike))
          .map(TlsFailure::problem)
          .hasValueSatisfying(ends("for example.com"));
      var good = root.issue(CertificateForm.server("localhost"));
      assertThat(askedByHttp(good)).as("no HTTP, but good TLS").isEmpty();
    }

    @Test
    void escapesOtherMessages() {
      var failure = new IOException("send", new SSLException("some\u001b[1mthing"));
      assertThat(words(failure).problem()).isEqualTo("TLS failed: some\\u001b[1mthing");
    }
  }

  @Nested
  class WithTheMessagesOfTheJdk {
    @ParameterizedTest
    @CsvSource({
      "Received fatal alert: protocol_version, the server offers no version of TLS",
      "(handshake_failure) Received fatal alert: handshake_failure, the server found no common",
      "Remote host terminated the handshake, the server hung up during the TLS handshake",
      "Remote host closed the channel, the server hung up during the TLS handshake",
      "'Unrecognized SSL message, plaintext connection?', what answered does not speak TLS",
      "Unsupported or unrecognized SSL message, what answered does not speak TLS",
      "'The server selected protocol version TLS11 is not accepted by client preferences',"
          + " the server offers no version of TLS",
      "No appropriate protocol (protocol is disabled), the server offers no version of TLS",
      "Unexpected exception, the connection broke within TLS",
    })
    void explainsHandshakes(String message, String problem) {
      assertThat(words(new SSLException(message)).problem()).startsWith(problem);
    }

    @ParameterizedTest
    @CsvSource({
      "No subject alternative names present, is for a.example",
      "No subject alternative DNS name matching b.example found., is for a.example",
      "No name matching b.example found, is for a.example",
      "Extended key usage does not permit use for TLS server authentication,"
          + " is not made for servers",
      "unable to find valid certification path to requested target,"
          + " 'comes from an unknown authority, CN=Root,O=Example'",
    })
    void explainsChains(String message, String problem) {
      assertThat(words(rejected(new CertificateException(message))).problem())
          .isEqualTo("the certificate of the server " + problem);
    }

    @ParameterizedTest
    @CsvSource({
      "Received fatal alert: handshake_failure, true",
      "anything else that this side found wrong, true",
      "Remote host terminated the handshake, false",
      "Remote host closed the channel, false",
    })
    void knowsWhichHandshakesWouldFailAgain(String message, boolean isLasting) {
      var failure = new IOException("send", new SSLHandshakeException(message));
      assertThat(TlsFailure.isLasting(failure)).isEqualTo(isLasting);
    }

    @ParameterizedTest
    @CsvSource({
      "Received fatal alert: handshake_failure, true", // OpenSSL
      "Received fatal alert: unexpected_message, true", // JSSE
      "(illegal_parameter) a key share that was not offered, true",
      "Received fatal alert: certificate_required, false",
    })
    void knowsWhichServersMayNeedAnotherGroup(String message, boolean may) {
      var failure = new IOException("send", new SSLHandshakeException(message));
      assertThat(TlsFailure.mayNeedOtherGroup(failure)).isEqualTo(may);
    }

    private UntrustedServerException rejected(CertificateException reason) {
      var chain =
          new X509Certificate[] {root.issue(CertificateForm.server("a.example")).certificate()};
      return new UntrustedServerException(chain, reason);
    }
  }

  @Test
  void anUntrustedServerIsNotRetried() throws Exception {
    assertThat(TlsFailure.isLasting(failure(KeyedCertificate.root("X"), root))).isTrue();
  }

  @Test
  void aBrokenConnectionIsRetried() {
    var failure = new SSLException("closed", new IOException("Connection reset"));
    assertThat(TlsFailure.isLasting(failure)).isFalse();
    assertThat(TlsFailure.isLasting(new ConnectException("refused"))).isFalse();
  }

  @Test
  void isEmptyForOtherFailures() {
    assertThat(TlsFailure.of(new ConnectException("refused"), now, Optional::empty)).isEmpty();
  }

  @Test
  void endsForCyclicCauses() {
    var inner = new IOException("inner");
    var outer = new SSLHandshakeException("outer");
    outer.initCause(inner);
    inner.initCause(outer);
    assertThat(words(inner).problem()).isEqualTo("TLS failed: outer");
  }

  private TlsFailure explained(KeyedCertificate trusted, KeyedCertificate... chain)
      throws Exception {
    return words(failure(trusted, chain));
  }

  private Throwable failure(KeyedCertificate trusted, KeyedCertificate... chain) throws Exception {
    try (var server = new TlsServer(chain)) {
      return catchThrowable(() -> server.greet("localhost", null, trust(trusted)));
    }
  }

  private static Consumer<String> ends(String end) {
    return text -> assertThat(text).endsWith(end);
  }

  private Optional<TlsFailure> askedByHttp(KeyedCertificate chain) throws Exception {
    var context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {trust(root)}, null);
    try (var server = new TlsServer(chain);
        var client = HttpClient.newBuilder().sslContext(context).build()) {
      var request =
          HttpRequest.newBuilder(URI.create("https://localhost:" + server.port())).build();
      var failure = catchThrowable(() -> client.send(request, BodyHandlers.discarding()));
      assertThat(failure).isInstanceOf(IOException.class);
      return TlsFailure.of(failure, now, Optional::empty);
    }
  }

  /** Failure of a client whose server reads some bytes, sends this answer and closes. */
  private TlsFailure answered(byte... answer) throws Exception {
    try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> answer(server, answer));
      var port = server.getLocalPort();
      return words(catchThrowable(() -> TlsServer.greet("localhost", port, null, trust(root))));
    }
  }

  private static void answer(ServerSocket server, byte[] answer) {
    try (var client = server.accept()) {
      client.getInputStream().read(new byte[8192]);
      client.getOutputStream().write(answer);
    } catch (IOException _) {
      // the client's failure is what the test checks
    }
  }

  private TlsFailure words(Throwable failure) {
    return TlsFailure.of(failure, now, Optional::empty).orElseThrow();
  }

  private ServerTrust trust(KeyedCertificate trusted) throws Exception {
    var file = Files.writeString(folder.resolve("root.pem"), PemText.certificates(trusted));
    var environment = Map.of("SSL_CERT_FILE", file.toString());
    return (ServerTrust)
        Authorities.load(environment, Optional.empty(), Optional.empty(), _ -> {}).trustManager();
  }
}
