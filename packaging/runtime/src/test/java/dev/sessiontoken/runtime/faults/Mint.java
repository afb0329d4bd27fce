package dev.sessiontoken.runtime.faults;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A certificate made for the tests, with its key.
 *
 * @param certificate signed by its issuer
 * @param keys its own
 */
record Mint(X509Certificate certificate, KeyPair keys) {
  private static final AtomicLong SERIAL = new AtomicLong(1);

  /**
   * What is to be in a certificate.
   *
   * @param name its subject
   * @param keys its own
   * @param from when it begins to be valid
   * @param until when it ends
   * @param pathLength of an authority; negative for a server or client
   * @param hosts names and addresses it is for
   * @param purpose server or client
   * @param permitted the only domain that it may vouch for, or empty
   */
  record Form(
      String name,
      KeyPair keys,
      Instant from,
      Instant until,
      int pathLength,
      List<String> hosts,
      KeyPurposeId purpose,
      String permitted) {

    static Form server(String name, KeyPair keys) {
      var now = Instant.now();
      return new Form(
          name,
          keys,
          now.minus(Duration.ofDays(10)),
          now.plus(Duration.ofDays(30)),
          -1,
          List.of("127.0.0.1", "localhost", "coder.test"),
          KeyPurposeId.id_kp_serverAuth,
          "");
    }

    static Form authority(String name, KeyPair keys) {
      return server(name, keys).ofAuthority(5).forHosts();
    }

    Form ofAuthority(int length) {
      return new Form(name, keys, from, until, length, hosts, purpose, permitted);
    }

    Form forHosts(String... names) {
      return new Form(name, keys, from, until, pathLength, List.of(names), purpose, permitted);
    }

    Form valid(Duration start, Duration end) {
      var now = Instant.now();
      return new Form(
          name, keys, now.plus(start), now.plus(end), pathLength, hosts, purpose, permitted);
    }

    Form expired() {
      return valid(Duration.ofDays(-9), Duration.ofDays(-2));
    }

    Form forClients() {
      return new Form(
          name, keys, from, until, pathLength, hosts, KeyPurposeId.id_kp_clientAuth, permitted);
    }

    Form onlyFor(String domain) {
      return new Form(name, keys, from, until, pathLength, hosts, purpose, domain);
    }

    Mint selfSigned() {
      return sign(name, keys.getPrivate(), this, digest(keys.getPrivate()));
    }
  }

  Mint issue(Form form) {
    return issue(form, digest(keys.getPrivate()));
  }

  Mint issue(Form form, String algorithm) {
    String issuer = certificate.getSubjectX500Principal().getName();
    return sign(issuer, keys.getPrivate(), form, algorithm);
  }

  static KeyPair ec(String curve) {
    return generate("EC", curve, 0);
  }

  static KeyPair rsa(int bits) {
    return generate("RSA", "", bits);
  }

  static KeyPair ed25519() {
    return generate("Ed25519", "", 0);
  }

  private static KeyPair generate(String algorithm, String curve, int bits) {
    try {
      var generator = KeyPairGenerator.getInstance(algorithm);
      if (!curve.isEmpty()) generator.initialize(new ECGenParameterSpec(curve));
      if (bits > 0) generator.initialize(bits);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String digest(PrivateKey key) {
    return switch (key.getAlgorithm()) {
      case "RSA" -> "SHA256withRSA";
      case "EC" -> "SHA256withECDSA";
      default -> "Ed25519";
    };
  }

  private static Mint sign(String issuer, PrivateKey issuerKey, Form form, String algorithm) {
    try {
      var builder =
          new JcaX509v3CertificateBuilder(
              new X500Name(issuer.startsWith("CN=") ? issuer : "CN=" + issuer),
              BigInteger.valueOf(SERIAL.incrementAndGet()),
              Date.from(form.from()),
              Date.from(form.until()),
              new X500Name("CN=" + form.name()),
              form.keys().getPublic());
      extend(builder, form);
      var signer = new JcaContentSignerBuilder(algorithm).build(issuerKey);
      var made = new JcaX509CertificateConverter().getCertificate(builder.build(signer));
      return new Mint(made, form.keys());
    } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void extend(JcaX509v3CertificateBuilder builder, Form form) throws IOException {
    boolean isAuthority = form.pathLength() >= 0;
    var basic = isAuthority ? new BasicConstraints(form.pathLength()) : new BasicConstraints(false);
    builder.addExtension(Extension.basicConstraints, true, basic);
    if (!isAuthority) {
      builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(form.purpose()));
    }
    if (!form.hosts().isEmpty()) {
      builder.addExtension(Extension.subjectAlternativeName, false, names(form.hosts()));
    }
    if (!form.permitted().isEmpty()) {
      var domain = new GeneralName(GeneralName.dNSName, form.permitted());
      var only = new GeneralSubtree[] {new GeneralSubtree(domain)};
      builder.addExtension(Extension.nameConstraints, true, new NameConstraints(only, null));
    }
  }

  private static GeneralNames names(List<String> hosts) {
    var names = new ArrayList<GeneralName>();
    for (String host : hosts) {
      boolean isAddress = host.matches("[0-9.]+");
      names.add(new GeneralName(isAddress ? GeneralName.iPAddress : GeneralName.dNSName, host));
    }
    return new GeneralNames(names.toArray(new GeneralName[0]));
  }
}
