package dev.sessiontoken.http;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/**
 * Makes the JDK compute ahead what the first HTTPS call of a {@link DeploymentClient} needs to
 * check a certificate on P-256. For programs that end after one call and have a second core: they
 * run it on a thread of its own while they still read their arguments. Changes nothing but the
 * duration of that call.
 */
public final class WarmUp implements Runnable {
  /**
   * Self-signed on P-256, valid until the year 9966. Made, without keeping the key, by {@code
   * openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout /dev/null -subj
   * /CN=warm-up -days 2900000}.
   */
  private static final String CERTIFICATE =
      "MIIBezCCASGgAwIBAgIUFU+RS+7XIsQNbFVKnwb2jqE5gEEwCgYIKoZIzj0EAwIwEjEQMA4G"
          + "A1UEAwwHd2FybS11cDAgFw0yNjExMjUwMjE1MzBaGA85OTY2MTAzMTAyMTUzMFowEjEQMA4G"
          + "A1UEAwwHd2FybS11cDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABHaOMuU41cCMZ1/ji/sC"
          + "u97pp6KTc9XAk+aZCUsU4AbIb5yzO9TF0VQesuYFmaEyut0ktNLes9+tv5M7pQ2gbwejUzBR"
          + "MB0GA1UdDgQWBBRupGhcER+m53d+Sb7dfafas5GE1TAfBgNVHSMEGDAWgBRupGhcER+m53d+"
          + "Sb7dfafas5GE1TAPBgNVHRMBAf8EBTADAQH/MAoGCCqGSM49BAMCA0gAMEUCIQCeTUXaRM4I"
          + "wb1eZt4PJeaUacOojzRKnTyqk2OcuI8nJAIgJJ/Djc8t+43IQxkLa/rK/NHUhSL67kJJbBiU"
          + "LVveDnw=";

  /** Creates work that has not begun. */
  public WarmUp() {}

  /** Runs on the calling thread for some tens of milliseconds. Throws nothing. */
  @Override
  public void run() {
    try {
      verifyCertificate();
    } catch (GeneralSecurityException | RuntimeException | Error e) {
      return; // the call that follows meets the same failure and reports it
    }
  }

  /** Verifies as for a server: the tables of P-256 alone take the JDK 50 ms at their first use. */
  static void verifyCertificate() throws GeneralSecurityException {
    var factory = CertificateFactory.getInstance("X.509");
    var bytes = new ByteArrayInputStream(Base64.getDecoder().decode(CERTIFICATE));
    var certificate = (X509Certificate) factory.generateCertificate(bytes);
    var anchor =
        new TrustAnchor(certificate.getSubjectX500Principal(), certificate.getPublicKey(), null);
    var parameters = new PKIXParameters(Set.of(anchor));
    parameters.setRevocationEnabled(false);
    parameters.setDate(certificate.getNotBefore()); // valid whatever the clock of this machine is
    var path = factory.generateCertPath(List.of(certificate));
    CertPathValidator.getInstance("PKIX").validate(path, parameters);
  }
}
