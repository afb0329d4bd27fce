package dev.sessiontoken.http.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sessiontoken.testkit.tls.CertificateForm;
import dev.sessiontoken.testkit.tls.CertificateForm.Purpose;
import dev.sessiontoken.testkit.tls.KeyPairs;
import dev.sessiontoken.testkit.tls.KeyedCertificate;
import dev.sessiontoken.testkit.tls.PemText;
import dev.sessiontoken.testkit.tls.TlsServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.security.auth.x500.X500Principal;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerTrustTest {
  private final KeyedCertificate root = KeyedCertificate.root("Root");
  private final KeyedCertificate intermediate =
      root.issue(CertificateForm.authority("Intermediate"));

  @TempDir Path folder;

  @Nested
  class Trusts {
    @Test
    void aServerWithAnEllipticCurveKeyBelowTheRoot() throws Exception {
      assertAccepted(
          List.of(root), intermediate.issue(CertificateForm.server("localhost")), intermediate);
    }

    @Test
    void aServerWithAnRsaKeyBelowARootWithAnRsaKey() throws Exception {
      var rsa = CertificateForm.authority("RSA Root").withKeys(KeyPairs.rsa(2048)).selfSigned();
      var server = rsa.issue(CertificateForm.server("localhost").withKeys(KeyPairs.rsa(2048)));
      assertAccepted(List.of(root, rsa), server);
    }

    @Test
    void aServerWithAnEd25519Key() throws Exception {
      var server = root.issue(CertificateForm.server("localhost").withKeys(KeyPairs.ed25519()));
      assertAccepted(List.of(root), server);
    }

    @Test
    void aChainThatBringsItsRootAlong() throws Exception {
      assertAccepted(
          List.of(root),
          intermediate.issue(CertificateForm.server("localhost")),
          intermediate,
          root);
    }

    @Test
    void aChainInTheWrongOrder() throws Exception {
      assertAccepted(
          List.of(root),
          intermediate.issue(CertificateForm.server("localhost")),
          root,
          intermediate);
    }

    @Test
    void aRootThatIsGivenTwice() throws Exception {
      assertAccepted(
          List.of(root, root),
          intermediate.issue(CertificateForm.server("localhost")),
          intermediate);
    }

    @Test
    void theRootOfThatKeyAmongTwoOfTheSameName() throws Exception {
      var older = KeyedCertificate.root("Root");
      assertAccepted(
          List.of(older, root),
          intermediate.issue(CertificateForm.server("localhost")),
          intermediate);
    }

    @Test
    void anIntermediateWithoutItsRoot() throws Exception {
      assertAccepted(
          List.of(intermediate), intermediate.issue(CertificateForm.server("localhost")));
    }

    @Test
    void aSelfSignedServerThatIsItselfNamed() throws Exception {
      var alone = CertificateForm.server("localhost").selfSigned();
      assertAccepted(List.of(root, alone), alone);
    }

    @Test
    void aServerThatIsItselfNamedWhileItsAuthorityIsNot() throws Exception {
      var server = root.issue(CertificateForm.server("localhost"));
      assertAccepted(List.of(server), server);
    }

    @Test
    void aServerByItsAddress() throws Exception {
      var server = root.issue(CertificateForm.server("127.0.0.1"));
      try (var running = new TlsServer(server)) {
        assertThatCode(() -> running.greet("127.0.0.1", null, trust(List.of(root))))
            .doesNotThrowAnyException();
      }
    }

    @Test
    void aCrossSignedRootWhoseOtherSignerIsNotKnown() throws Exception {
      var crossed =
          KeyedCertificate.root("Other")
              .issue(CertificateForm.authority("Root").withKeys(root.keys()));
      assertAccepted(
          List.of(root),
          intermediate.issue(CertificateForm.server("localhost")),
          intermediate,
          crossed);
    }

    @Test
    void aCrossSignedRootByItsOtherSigner() throws Exception {
      var other = KeyedCertificate.root("Other");
      var crossed = other.issue(CertificateForm.authority("Root").withKeys(root.keys()));
      assertAccepted(
          List.of(other),
          intermediate.issue(CertificateForm.server("localhost")),
          intermediate,
          crossed);
    }

    @Test
    void aRootThatIsKnownBesideItsExpiredCrossSigner() throws Exception {
      var dead = CertificateForm.authority("Dead").expired().selfSigned();
      var crossed = dead.issue(CertificateForm.authority("Root").withKeys(root.keys()));
      assertAccepted(
          List.of(dead, root),
          intermediate.issue(CertificateForm.server("localhost")),
          intermediate,
          crossed);
    }

    @Test
    void aRootWhoseNameDiffersInCase() throws Exception {
      var shouting = new X500Principal("CN=ROOT,O=EXAMPLE");
      var same =
          CertificateForm.authority("Root")
              .withSubject(shouting)
              .withKeys(root.keys())
              .selfSigned();
      assertAccepted(List.of(same), root.issue(CertificateForm.server("localhost")));
    }
  }

  @Nested
  class Refuses {
    @Test
    void aServerBelowAnUnknownRoot() throws Exception {
      assertRefused(
          List.of(KeyedCertificate.root("Another")),
          intermediate.issue(CertificateForm.server("localhost")),
          intermediate);
    }

    @Test
    void aServerWhoseRootHasOnlyTheNameOfAKnownOne() throws Exception {
      assertRefused(
              List.of(KeyedCertificate.root("Root")),
              root.issue(CertificateForm.server("localhost")))
          .rootCause()
          .hasMessageContaining("Signature");
    }

    @Test
    void aServerThatDoesNotSendItsIntermediate() throws Exception {
      assertRefused(List.of(root), intermediate.issue(CertificateForm.server("localhost")));
    }

    @Test
    void aSelfSignedServer() throws Exception {
      assertRefused(List.of(root), CertificateForm.server("localhost").selfSigned());
    }

    @Test
    void anExpiredServer() throws Exception {
      assertRefused(List.of(root), root.issue(CertificateForm.server("localhost").expired()))
          .rootCause()
          .hasMessageContaining("NotAfter");
    }

    @Test
    void anExpiredServerThatIsItselfNamed() throws Exception {
      var alone = CertificateForm.server("localhost").expired().selfSigned();
      assertRefused(List.of(alone), alone);
    }

    @Test
    void aServerThatIsNotYetValid() throws Exception {
      var tomorrow = Instant.now().plus(Duration.ofDays(1));
      var form = CertificateForm.server("localhost").withDates(tomorrow, tomorrow.plusSeconds(9));
      assertRefused(List.of(root), root.issue(form)).rootCause().hasMessageContaining("NotBefore");
    }

    @Test
    void aFutureServerThatIsItselfNamed() throws Exception {
      var tomorrow = Instant.now().plus(Duration.ofDays(1));
      var form = CertificateForm.server("localhost").withDates(tomorrow, tomorrow.plusSeconds(9));
      var alone = form.selfSigned();
      assertRefused(List.of(alone), alone).rootCause().hasMessageContaining("NotBefore");
    }

    @Test
    void anExpiredIntermediate() throws Exception {
      var expired = root.issue(CertificateForm.authority("Intermediate").expired());
      assertRefused(List.of(root), expired.issue(CertificateForm.server("localhost")), expired)
          .rootCause()
          .hasMessageContaining("NotAfter");
    }

    @Test
    void anExpiredRoot() throws Exception {
      var expired = CertificateForm.authority("Root").expired().selfSigned();
      assertRefused(List.of(expired), expired.issue(CertificateForm.server("localhost")));
    }

    @Test
    void aServerOfAnotherName() throws Exception {
      assertRefused(List.of(root), root.issue(CertificateForm.server("example.com")))
          .rootCause()
          .hasMessageContaining("localhost");
    }

    @Test
    void aServerThatIsItselfNamedByAnotherName() throws Exception {
      var alone = CertificateForm.server("example.com").selfSigned();
      assertRefused(List.of(alone), alone).rootCause().hasMessageContaining("localhost");
    }

    @Test
    void anIntermediateThatIsNoAuthority() throws Exception {
      var pretender =
          root.issue(CertificateForm.server("evil.example").withSubject(name("Pretender")));
      assertRefused(List.of(root), pretender.issue(CertificateForm.server("localhost")), pretender)
          .rootCause()
          .hasMessageContaining("not a CA");
    }

    @Test
    void aNameOutsideTheConstraintsOfTheIntermediate() throws Exception {
      var bound = root.issue(CertificateForm.authority("Bound").onlyFor("example.com"));
      assertRefused(List.of(root), bound.issue(CertificateForm.server("localhost")), bound)
          .rootCause()
          .hasMessageContaining("name constraints");
    }

    @Test
    void aCertificateForClients() throws Exception {
      var form = CertificateForm.server("localhost").withPurpose(Purpose.CLIENT);
      assertRefused(List.of(root), root.issue(form))
          .rootCause()
          .hasMessageContaining("xtended key usage");
    }

    @Test
    void aKeyThatIsTooShort() throws Exception {
      var form = CertificateForm.server("localhost").withKeys(KeyPairs.rsa(512));
      var weak = root.issue(form).certificate();
      assertThatThrownBy(() -> handshakeless(List.of(root), weak))
          .isInstanceOf(UntrustedServerException.class)
          .rootCause()
          .hasMessageContaining("Algorithm constraints");
    }

    @Test
    void everythingWithoutAuthorities() throws Exception {
      var trust =
          Authorities.load(Map.of(), Optional.empty(), Optional.empty(), _ -> {}, List.of());
      try (var running = new TlsServer(root.issue(CertificateForm.server("localhost")), root)) {
        assertThatThrownBy(() -> running.greet("localhost", null, trust.trustManager()))
            .hasRootCauseInstanceOf(UntrustedServerException.class);
      }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "LDAPS"})
    void toWorkWithoutTheCheckOfTheHostName(String check) throws Exception {
      var server = root.issue(CertificateForm.server("localhost")).certificate();
      var trust = trust(List.of(root));
      try (var socket = (SSLSocket) SSLContext.getDefault().getSocketFactory().createSocket()) {
        var parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm(check);
        socket.setSSLParameters(parameters);
        var chain = new X509Certificate[] {server};
        assertThatThrownBy(() -> trust.checkServerTrusted(chain, "ECDHE_ECDSA", socket))
            .isInstanceOf(CertificateException.class)
            .hasMessageContaining("host name");
        assertThatThrownBy(() -> trust.checkServerTrusted(chain, "ECDHE_ECDSA"))
            .isInstanceOf(CertificateException.class)
            .hasMessageContaining("host name");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"l*calhost", "local*", "*host", "*.*"})
  void refusesAWildcardThatIsNoWholeLabel(String name) throws Exception {
    assertRefused(List.of(root), root.issue(CertificateForm.server(name)));
  }

  @Test
  void acceptsAnExactNameBesideAWildcardWithinALabel() throws Exception {
    assertAccepted(List.of(root), root.issue(CertificateForm.server("l*calhost", "LOCALHOST")));
  }

  /** The JDK by itself accepts five intermediates, and ten certificates. */
  @ParameterizedTest
  @ValueSource(ints = {1, 8})
  void acceptsAChainOfManyIntermediates(int count) throws Exception {
    var chain = new ArrayList<KeyedCertificate>();
    var top = CertificateForm.authority("Top").withPathLength(20).selfSigned();
    var issuer = top;
    for (int i = 0; i < count; i++) {
      issuer = issuer.issue(CertificateForm.authority("Intermediate " + i).withPathLength(20));
      chain.addFirst(issuer);
    }
    chain.addFirst(issuer.issue(CertificateForm.server("localhost")));
    assertAccepted(List.of(top), chain.toArray(new KeyedCertificate[0]));
  }

  private void assertAccepted(List<KeyedCertificate> trusted, KeyedCertificate... chain)
      throws Exception {
    try (var server = new TlsServer(chain)) {
      server.greet("localhost", null, trust(trusted));
    }
  }

  private AbstractThrowableAssert<?, ? extends Throwable> assertRefused(
      List<KeyedCertificate> trusted, KeyedCertificate... chain) throws Exception {
    try (var server = new TlsServer(chain)) {
      var refusal =
          assertThatThrownBy(() -> server.greet("localhost", null, trust(trusted)))
              .hasCauseInstanceOf(UntrustedServerException.class);
      return refusal;
    }
  }

  /** For chains that no server of the JDK sends: calls the trust manager directly. */
  private void handshakeless(List<KeyedCertificate> trusted, X509Certificate... chain)
      throws Exception {
    try (var socket = (SSLSocket) SSLContext.getDefault().getSocketFactory().createSocket()) {
      var parameters = socket.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      socket.setSSLParameters(parameters);
      trust(trusted).checkServerTrusted(chain, "ECDHE_RSA", socket);
    }
  }

  private ServerTrust trust(List<KeyedCertificate> trusted) throws Exception {
    var file = folder.resolve("authorities.pem");
    Files.writeString(file, PemText.certificates(trusted.toArray(new KeyedCertificate[0])));
    var environment = Map.of("SSL_CERT_FILE", file.toString());
    var authorities = Authorities.load(environment, Optional.empty(), Optional.empty(), _ -> {});
    assertThat(authorities.count()).isEqualTo(trusted.size());
    return (ServerTrust) authorities.trustManager();
  }

  private static X500Principal name(String common) {
    return new X500Principal("CN=" + common);
  }
}
