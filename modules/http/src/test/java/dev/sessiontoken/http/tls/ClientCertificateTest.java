package dev.sessiontoken.http.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sessiontoken.spi.SessionTokenException.NotConfigured;
import dev.sessiontoken.testkit.tls.CertificateForm;
import dev.sessiontoken.testkit.tls.CertificateForm.Purpose;
import dev.sessiontoken.testkit.tls.KeyPairs;
import dev.sessiontoken.testkit.tls.KeyedCertificate;
import dev.sessiontoken.testkit.tls.PemText;
import dev.sessiontoken.testkit.tls.TlsServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientCertificateTest {
  private static final KeyPair RSA = KeyPairs.rsa(2048);
  private static final KeyPair EC = KeyPairs.p256();

  private final KeyedCertificate root = KeyedCertificate.root("Root");
  private final KeyedCertificate intermediate =
      root.issue(CertificateForm.authority("Intermediate"));

  @TempDir Path folder;

  static Stream<Named<KeyPair>> keys() {
    return Stream.of(
        Named.of("RSA", RSA),
        Named.of("P-256", EC),
        Named.of("P-384", KeyPairs.ec("secp384r1")),
        Named.of("P-521", KeyPairs.ec("secp521r1")),
        Named.of("Ed25519", KeyPairs.ed25519()));
  }

  @Nested
  class IsShown {
    @ParameterizedTest
    @MethodSource("dev.sessiontoken.http.tls.ClientCertificateTest#keys")
    void withAnyKeyAsPkcs8(KeyPair keys) throws Exception {
      greet(ClientCertificate.read(certificates(keys), pkcs8(keys)));
    }

    @ParameterizedTest
    @MethodSource("dev.sessiontoken.http.tls.ClientCertificateTest#keys")
    void withAnyKeyInItsOldForm(KeyPair keys) throws Exception {
      if (keys.getPrivate().getAlgorithm().equals("EdDSA"))
        return; // Ed25519 has no traditional form
      greet(ClientCertificate.read(certificates(keys), oldForm(keys)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void withAnyProtocol(String protocol) throws Exception {
      var own = ClientCertificate.read(certificates(EC), pkcs8(EC));
      try (var server = server(protocol)) {
        assertThatCode(() -> server.greet("localhost", own, trust())).doesNotThrowAnyException();
      }
    }

    @Test
    void fromOneFileWithItsKey() throws Exception {
      var both = Files.readString(pkcs8(EC)) + Files.readString(certificates(EC));
      var file = write("both.pem", both);
      greet(ClientCertificate.read(file, file));
    }

    @Test
    void withTheWholeChain() throws Exception {
      var own = ClientCertificate.read(certificates(EC), pkcs8(EC));
      assertThat(own.getCertificateChain("client")).hasSize(2);
    }

    @Test
    void withAKeyThatComesAfterItsParameters() throws Exception {
      var parameters = PemText.block("EC PARAMETERS", new byte[] {6, 1, 1});
      var key = write("key.pem", parameters + Files.readString(oldForm(EC)));
      greet(ClientCertificate.read(certificates(EC), key));
    }
  }

  @Nested
  class IsRefused {
    @Test
    void ifTheServerGetsNone() throws Exception {
      try (var server = server("TLSv1.3")) {
        assertThatThrownBy(() -> server.greet("localhost", null, trust()))
            .hasMessageContaining("certificate_required");
      }
    }

    @Test
    void withAKeyOfAnother() throws Exception {
      assertRefused(certificates(EC), pkcs8(KeyPairs.p256()), "does not belong to");
      assertRefused(certificates(EC), oldForm(KeyPairs.p256()), "does not belong to");
      assertRefused(certificates(RSA), pkcs8(KeyPairs.rsa(2048)), "does not belong to");
      assertRefused(certificates(RSA), oldForm(KeyPairs.rsa(2048)), "does not belong to");
      assertRefused(
          certificates(KeyPairs.ed25519()), pkcs8(KeyPairs.ed25519()), "does not belong to");
    }

    @Test
    void withAKeyOfAnotherKind() throws Exception {
      assertRefused(certificates(EC), pkcs8(RSA), "does not belong to");
      assertRefused(certificates(EC), oldForm(RSA), "does not belong to");
      assertRefused(certificates(RSA), oldForm(EC), "does not belong to");
      assertRefused(certificates(RSA), pkcs8(KeyPairs.ed25519()), "does not belong to");
      assertRefused(certificates(EC), pkcs8(KeyPairs.ec("secp384r1")), "does not belong to");
    }

    @Test
    void withAnEncryptedKey() throws Exception {
      var now = write("new.pem", PemText.block("ENCRYPTED PRIVATE KEY", new byte[] {1}));
      assertRefused(certificates(EC), now, "new.pem is encrypted");
      var old =
          """
          -----BEGIN RSA PRIVATE KEY-----
          Proc-Type: 4,ENCRYPTED
          DEK-Info: AES-128-CBC,0123456789ABCDEF0123456789ABCDEF

          AAAA
          -----END RSA PRIVATE KEY-----
          """;
      assertRefused(certificates(RSA), write("old.pem", old), "old.pem is encrypted");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PRIVATE KEY", "EC PRIVATE KEY", "DSA PRIVATE KEY"})
    void withABrokenKey(String label) throws Exception {
      var file =
          write("bad.pem", PemText.block(label, "secret".getBytes(StandardCharsets.US_ASCII)));
      assertRefused(certificates(EC), file, "bad.pem cannot be used");
      var noBase64 = "-----BEGIN " + label + "-----\nsecret!\n-----END " + label + "-----";
      assertRefused(certificates(EC), write("bad.pem", noBase64), "bad.pem cannot be used");
    }

    @Test
    void withoutAKey() throws Exception {
      var file = certificates(EC);
      assertRefused(file, file, "holds no private key, only CERTIFICATE");
    }

    @Test
    void withoutACertificate() throws Exception {
      assertRefused(pkcs8(EC), pkcs8(EC), "holds no certificate, only PRIVATE KEY");
    }

    @Test
    void withABrokenCertificate() throws Exception {
      var file = write("bad.pem", PemText.block("CERTIFICATE", new byte[9]));
      assertRefused(file, pkcs8(EC), "a certificate in " + file + " is broken");
    }

    @Test
    void withoutItsFiles() throws Exception {
      assertRefused(folder.resolve("none"), pkcs8(EC), "none does not exist");
      assertRefused(certificates(EC), folder, "cannot be read");
    }
  }

  private void assertRefused(Path certificate, Path key, String words) {
    assertThatThrownBy(() -> ClientCertificate.read(certificate, key))
        .isInstanceOf(NotConfigured.class)
        .hasMessageStartingWith("read the client certificate: ")
        .hasMessageContaining(words)
        .hasStackTraceContaining(words)
        .satisfies(e -> assertThat(causes(e)).doesNotContain("secret", "73656372", "c2VjcmV0"));
  }

  private static String causes(Throwable failure) {
    return failure + (failure.getCause() == null ? "" : causes(failure.getCause()));
  }

  private void greet(ClientCertificate own) throws Exception {
    try (var server = server("TLSv1.3")) {
      server.greet("localhost", own, trust());
    }
  }

  private TlsServer server(String protocol) throws Exception {
    return new TlsServer(
        socket -> {
          socket.setNeedClientAuth(true);
          socket.setEnabledProtocols(new String[] {protocol});
        },
        root.issue(CertificateForm.server("localhost")));
  }

  private ServerTrust trust() throws Exception {
    var environment =
        Map.of("SSL_CERT_FILE", write("root.pem", PemText.certificates(root)).toString());
    return (ServerTrust)
        Authorities.load(environment, Optional.empty(), Optional.empty(), _ -> {}).trustManager();
  }

  private Path certificates(KeyPair keys) throws IOException {
    var form = CertificateForm.server().withPurpose(Purpose.CLIENT).withKeys(keys);
    return write("certificates.pem", PemText.certificates(intermediate.issue(form), intermediate));
  }

  private Path pkcs8(KeyPair keys) throws IOException {
    return write("key.pem", PemText.block("PRIVATE KEY", keys.getPrivate().getEncoded()));
  }

  /** Writes the key as PKCS #1 or SEC 1, which PKCS #8 contains. */
  private Path oldForm(KeyPair keys) throws IOException {
    var inner = PrivateKeyInfo.getInstance(keys.getPrivate().getEncoded()).parsePrivateKey();
    var label = keys.getPrivate().getAlgorithm() + " PRIVATE KEY";
    return write("old.pem", PemText.block(label, inner.toASN1Primitive().getEncoded()));
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }
}
