package dev.sessiontoken.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
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
 * What the first call of a {@link DeploymentClient} makes the JDK load and compute, done ahead: for
 * programs that end after one call, and have a core to spare for it while they still read their
 * arguments. Changes nothing but how long that call takes, unless the machine has nothing left to
 * give: then the call fails as it would have without.
 */
public final class WarmUp implements Runnable {
  /**
   * Signed by itself on P-256, until the year 9966; its key was not kept: {@code openssl req -x509
   * -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout /dev/null -subj /CN=warm-up -days
   * 2900000}.
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

  private final boolean withTls;

  /**
   * Work that has not begun.
   *
   * @param withTls whether the deployment's URL begins with {@code https}
   */
  public WarmUp(boolean withTls) {
    this.withTls = withTls;
  }

  /** Does it on the calling thread, in some tens of milliseconds. Throws nothing. */
  @Override
  public void run() {
    try {
      if (withTls) checkSignature();
      else loadClasses();
    } catch (GeneralSecurityException | IOException | RuntimeException | Error e) {
      return; // the call finds it out itself, and says so
    }
  }

  /** As for a server's certificate on P-256, whose tables alone take the JDK 50 ms. */
  static void checkSignature() throws GeneralSecurityException {
    var factory = CertificateFactory.getInstance("X.509");
    var bytes = new ByteArrayInputStream(Base64.getDecoder().decode(CERTIFICATE));
    var certificate = (X509Certificate) factory.generateCertificate(bytes);
    var anchor =
        new TrustAnchor(certificate.getSubjectX500Principal(), certificate.getPublicKey(), null);
    var parameters = new PKIXParameters(Set.of(anchor));
    parameters.setRevocationEnabled(false);
    parameters.setDate(certificate.getNotBefore()); // whatever the clock says
    var path = factory.generateCertPath(List.of(certificate));
    CertPathValidator.getInstance("PKIX").validate(path, parameters);
  }

  /**
   * First what keeps whoever builds a client waiting: its logger compares records, whose {@code
   * equals} takes the JDK 8 ms to link. Any class with that logger will do. Then what follows.
   */
  static void loadClasses() throws IOException {
    HttpResponse.BodySubscribers.ofInputStream();
    InetAddress.ofLiteral("127.0.0.1");
    SocketChannel.open().close();
    Selector.open().close();
    HttpRequest.newBuilder(URI.create("http://warm.up")).header("a", "b").build();
    try (var reader = Json.reader("{}".getBytes(StandardCharsets.UTF_8))) {
      reader.readObject();
    }
  }
}
