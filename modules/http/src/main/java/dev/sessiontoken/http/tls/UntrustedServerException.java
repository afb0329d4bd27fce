package dev.sessiontoken.http.tls;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A server's chain was not accepted; holds what {@link ChainRejection} needs to explain why. */
public final class UntrustedServerException extends CertificateException {
  private static final long serialVersionUID = 1L;

  /** The certificates that the server sent, its own first. */
  private final X509Certificate[] chain;

  /** The authorities that would vouch for the chain, if all of them have expired. */
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
