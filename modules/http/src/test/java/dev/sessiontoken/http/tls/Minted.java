package dev.sessiontoken.http.tls;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate made for a test, with its key. */
public record Minted(X509Certificate certificate, KeyPair keys) {

  /** What is to be in a certificate. */
  public record Form(
      X500Principal subject,
      KeyPair keys,
      Instant from,
      Instant until,
      boolean isAuthority,
      List<GeneralName> names,
      List<String> permitted,
      KeyPurposeId purpose) {

    static Form authority(String name) {
      return new Form(
          new X500Principal("CN=" + name + ",O=Example"),
          ec("secp256r1"),
          Instant.now().minus(Duration.ofDays(2)),
          Instant.now().plus(Duration.ofDays(30)),
          true,
          List.of(),
          List.of(),
          KeyPurposeId.id_kp_serverAuth);
    }

    public static Form server(String... hosts) {
      var names = Stream.of(hosts).map(host -> new GeneralName(GeneralName.dNSName, host)).toList();
      return authority("a server").withAuthority(false).withNames(names);
    }

    Form withSubject(X500Principal other) {
      return new Form(other, keys, from, until, isAuthority, names, permitted, purpose);
    }

    Form withKeys(KeyPair other) {
      return new Form(subject, other, from, until, isAuthority, names, permitted, purpose);
    }

    Form withDates(Instant start, Instant end) {
      return new Form(subject, keys, start, end, isAuthority, names, permitted, purpose);
    }

    Form withAuthority(boolean other) {
      return new Form(subject, keys, from, until, other, names, permitted, purpose);
    }

    Form withNames(List<GeneralName> other) {
      return new Form(subject, keys, from, until, isAuthority, other, permitted, purpose);
    }

    Form withPermitted(String other) {
      return new Form(subject, keys, from, until, isAuthority, names, List.of(other), purpose);
    }

    Form withPurpose(KeyPurposeId other) {
      return new Form(subject, keys, from, until, isAuthority, names, permitted, other);
    }

    Form expired() {
      return withDates(
          Instant.parse("2020-01-01T00:00:00Z"), Instant.parse("2021-02-03T04:05:06Z"));
    }

    Minted selfSigned() {
      return sign(subject, keys.getPrivate(), this);
    }
  }

  public static Minted root(String name) {
    return Form.authority(name).selfSigned();
  }

  public Minted issue(Form form) {
    return sign(certificate.getSubjectX500Principal(), keys.getPrivate(), form);
  }

  PrivateKey key() {
    return keys.getPrivate();
  }

  public String pem() {
    try {
      return pem("CERTIFICATE", certificate.getEncoded());
    } catch (java.security.cert.CertificateEncodingException e) {
      throw new AssertionError(e);
    }
  }

  public static String pem(Minted... several) {
    return Stream.of(several).map(minted -> minted.pem()).collect(Collectors.joining());
  }

  public static String pem(String label, byte[] bytes) {
    var text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
    return "-----BEGIN " + label + "-----\n" + text + "\n-----END " + label + "-----\n";
  }

  static KeyPair ec(String curve) {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec(curve));
      return generator.generateKeyPair();
    } catch (java.security.GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  static KeyPair rsa(int bits) {
    try {
      var generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(bits);
      return generator.generateKeyPair();
    } catch (java.security.GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  static KeyPair ed25519() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (java.security.GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static Minted sign(X500Principal issuer, PrivateKey issuerKey, Form form) {
    try {
      var serial = BigInteger.valueOf(System.nanoTime());
      var builder =
          new JcaX509v3CertificateBuilder(
              issuer,
              serial,
              Date.from(form.from()),
              Date.from(form.until()),
              form.subject(),
              form.keys().getPublic());
      extend(builder, form);
      var signer = new JcaContentSignerBuilder(algorithm(issuerKey)).build(issuerKey);
      var bytes = builder.build(signer).getEncoded();
      var factory = CertificateFactory.getInstance("X.509");
      var made = (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(bytes));
      return new Minted(made, form.keys());
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static void extend(JcaX509v3CertificateBuilder builder, Form form)
      throws java.io.IOException {
    builder.addExtension(
        Extension.basicConstraints, true, new BasicConstraints(form.isAuthority()));
    if (form.isAuthority()) {
      builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign));
    } else {
      builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(form.purpose()));
    }
    if (!form.names().isEmpty()) {
      var names = new GeneralNames(form.names().toArray(new GeneralName[0]));
      builder.addExtension(Extension.subjectAlternativeName, false, names);
    }
    if (!form.permitted().isEmpty()) {
      var domain = new GeneralName(GeneralName.dNSName, form.permitted().getFirst());
      var permitted = new GeneralSubtree[] {new GeneralSubtree(domain)};
      builder.addExtension(Extension.nameConstraints, true, new NameConstraints(permitted, null));
    }
  }

  private static String algorithm(PrivateKey key) {
    return switch (key.getAlgorithm()) {
      case "RSA" -> "SHA256withRSA";
      case "EC" -> "SHA256withECDSA";
      default -> "Ed25519";
    };
  }
}
