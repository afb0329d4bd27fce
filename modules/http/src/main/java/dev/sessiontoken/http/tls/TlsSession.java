package dev.sessiontoken.http.tls;

import dev.sessiontoken.spi.Printable;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/** Describes an established TLS session, for people who look for a fault. */
public final class TlsSession {
  private TlsSession() {}

  /**
   * Returns version, cipher suite and the server's name and last day, in one line fit for a
   * terminal.
   */
  public static String describe(SSLSession session) {
    String agreed = session.getProtocol() + ", " + session.getCipherSuite();
    try {
      return session.getPeerCertificates()[0] instanceof X509Certificate server
          ? agreed + ", with " + subject(server) + " until " + server.getNotAfter().toInstant()
          : agreed;
    } catch (SSLPeerUnverifiedException e) {
      return agreed;
    }
  }

  private static String subject(X509Certificate certificate) {
    return Printable.of(certificate.getSubjectX500Principal().getName());
  }
}
