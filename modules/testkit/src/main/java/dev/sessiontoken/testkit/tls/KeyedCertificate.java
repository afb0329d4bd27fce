package dev.sessiontoken.testkit.tls;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.Date;
import java.util.List;
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
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A certificate made for a test, with the key pair of its owner.
 *
 * @param certificate X.509 version 3, signed by its issuer
 * @param keys the owner's; the private half is not in {@link #toString}
 */
public record KeyedCertificate(X509Certificate certificate, KeyPair keys) {

  /** A root authority with a new P-256 key and the subject {@code CN=<commonName>,O=Example}. */
  public static KeyedCertificate root(String commonName) {
    return CertificateForm.authority(commonName).selfSigned();
  }

  /**
   * A certificate signed by this one's key, whether or not this one is an authority: tests need
   * chains that must be refused, too. The digest is SHA-256, or what Ed25519 prescribes.
   */
  public KeyedCertificate issue(CertificateForm form) {
    return sign(certificate.getSubjectX500Principal(), keys.getPrivate(), form);
  }

  /**
   * The same with another signature algorithm.
   *
   * @param algorithm by its JDK name, such as {@code SHA1withECDSA}
   * @throws IllegalStateException if the algorithm is unknown or does not fit the issuer's key
   */
  public KeyedCertificate issue(CertificateForm form, String algorithm) {
    return sign(certificate.getSubjectX500Principal(), keys.getPrivate(), form, algorithm);
  }

  /** The owner's private key. */
  public PrivateKey key() {
    return keys.getPrivate();
  }

  /** Leaves the keys out. */
  @Override
  public String toString() {
    return "KeyedCertificate[" + certificate.getSubjectX500Principal() + "]";
  }

  static KeyedCertificate sign(X500Principal issuer, PrivateKey issuerKey, CertificateForm form) {
    return sign(issuer, issuerKey, form, algorithm(issuerKey));
  }

  private static String algorithm(PrivateKey key) {
    return switch (key.getAlgorithm()) {
      case "RSA" -> "SHA256withRSA";
      case "EC" -> "SHA256withECDSA";
      default -> "Ed25519";
    };
  }

  private static KeyedCertificate sign(
      X500Principal issuer, PrivateKey issuerKey, CertificateForm form, String algorithm) {
    try {
      var builder =
          new JcaX509v3CertificateBuilder(
              issuer,
              new BigInteger(63, new SecureRandom()).add(BigInteger.ONE),
              Date.from(form.from()),
              Date.from(form.until()),
              form.subject(),
              form.keys().getPublic());
      extend(builder, form);
      var signer = new JcaContentSignerBuilder(algorithm).build(issuerKey);
      var made = new JcaX509CertificateConverter().getCertificate(builder.build(signer));
      return new KeyedCertificate(made, form.keys());
    } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void extend(JcaX509v3CertificateBuilder builder, CertificateForm form)
      throws IOException {
    if (form.pathLength().isPresent()) {
      var basic = new BasicConstraints(form.pathLength().get());
      builder.addExtension(Extension.basicConstraints, true, basic);
      builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign));
    } else {
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
      builder.addExtension(Extension.extendedKeyUsage, false, purpose(form));
    }
    if (!form.hosts().isEmpty()) {
      builder.addExtension(Extension.subjectAlternativeName, false, names(form.hosts()));
    }
    if (form.permittedDomain().isPresent()) {
      var only = constraints(form.permittedDomain().get());
      builder.addExtension(Extension.nameConstraints, true, only);
    }
  }

  private static ExtendedKeyUsage purpose(CertificateForm form) {
    return new ExtendedKeyUsage(
        switch (form.purpose()) {
          case SERVER -> KeyPurposeId.id_kp_serverAuth;
          case CLIENT -> KeyPurposeId.id_kp_clientAuth;
        });
  }

  private static GeneralNames names(List<String> hosts) {
    return new GeneralNames(hosts.stream().map(KeyedCertificate::name).toArray(GeneralName[]::new));
  }

  private static GeneralName name(String host) {
    if (host.startsWith("DNS:")) return new GeneralName(GeneralName.dNSName, host.substring(4));
    boolean isAddress = host.matches("[0-9.]+");
    return new GeneralName(isAddress ? GeneralName.iPAddress : GeneralName.dNSName, host);
  }

  private static NameConstraints constraints(String domain) {
    var subtree = new GeneralSubtree(new GeneralName(GeneralName.dNSName, domain));
    return new NameConstraints(new GeneralSubtree[] {subtree}, null);
  }
}
