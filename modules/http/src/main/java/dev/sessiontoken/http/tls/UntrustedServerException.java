package dev.sessiontoken.http.tls;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A chain that was not accepted, with what {@link TlsFailure} needs to say why. */
public final class UntrustedServerException extends CertificateException {
  private static final long serialVersionUID = 1L;

  /** What the server sent, its own certificate first. */
  private final X509Certificate[] chain;

  /** The authorities that vouched for it once, if all of those have expired. */
  private final X509Certificate[] expired;

  UntrustedServerException(X509Certificate[] chain, List<X509Certificate> expired) {
    super("no known authority vouches for the server");
    this.chain = chain.clone();
    this.expired = expired.toArray(new X509Certificate[0]);
  }

  UntrustedServerException(X509Certificate[] chain, @Nullable CertificateException cause) {
    super("the certificate of the server was not accepted", cause);
    this.chain = chain.clone();
    this.expired = new X509Certificate[0];
  }

  List<X509Certificate> chain() {
    return List.of(chain);
  }

  List<X509Certificate> expired() {
    return List.of(expired);
  }
}
