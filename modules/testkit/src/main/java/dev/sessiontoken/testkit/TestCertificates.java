package dev.sessiontoken.testkit;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** An authority made for one test, and a certificate of its for loopback. */
public final class TestCertificates {
  private static final char[] NO_PASSWORD = {};

  private final KeyPair authorityKey;
  private final X509Certificate authority;
  private final KeyPair serverKey;
  private final X509Certificate server;

  /**
   * A fresh authority and a server certificate for {@code 127.0.0.1} and {@code localhost}.
   *
   * @param algorithm of all keys: {@code EC} (P-256) or {@code RSA} (2048 bits)
   */
  public TestCertificates(String algorithm) {
    try {
      authorityKey = keys(algorithm);
      serverKey = keys(algorithm);
      authority = sign("CN=sessiontoken test authority", authorityKey, true);
      server = sign("CN=localhost", serverKey, false);
    } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What a server on loopback needs. */
  public SSLContext serverContext() {
    try {
      var store = KeyStore.getInstance("PKCS12");
      store.load(null, NO_PASSWORD);
      store.setKeyEntry(
          "server", serverKey.getPrivate(), NO_PASSWORD, new X509Certificate[] {server, authority});
      var keys = KeyManagerFactory.getInstance("PKIX");
      keys.init(store, NO_PASSWORD);
      var context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Writes the authority's certificate as PEM, for {@code --ca-file}. */
  public void writeAuthority(Path file) throws IOException {
    var text = new StringWriter();
    try (var pem = new JcaPEMWriter(text)) {
      pem.writeObject(authority);
    }
    Files.writeString(file, text.toString());
  }

  private static KeyPair keys(String algorithm) throws GeneralSecurityException {
    var generator = KeyPairGenerator.getInstance(algorithm);
    generator.initialize(algorithm.equals("EC") ? 256 : 2048);
    return generator.generateKeyPair();
  }

  private X509Certificate sign(String name, KeyPair key, boolean isAuthority)
      throws GeneralSecurityException, OperatorCreationException, CertIOException {
    var now = Instant.now();
    var builder =
        new JcaX509v3CertificateBuilder(
            new X500Name("CN=sessiontoken test authority"),
            BigInteger.valueOf(isAuthority ? 1 : 2),
            Date.from(now.minus(Duration.ofHours(1))),
            Date.from(now.plus(Duration.ofDays(30))),
            new X500Name(name),
            key.getPublic());
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(isAuthority));
    if (!isAuthority) builder.addExtension(Extension.subjectAlternativeName, false, loopback());
    var algorithm = authorityKey.getPrivate().getAlgorithm();
    var signer =
        new JcaContentSignerBuilder(algorithm.equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA")
            .build(authorityKey.getPrivate());
    return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
  }

  private static GeneralNames loopback() {
    return new GeneralNames(
        new GeneralName[] {
          new GeneralName(GeneralName.iPAddress, "127.0.0.1"),
          new GeneralName(GeneralName.dNSName, "localhost")
        });
  }
}
