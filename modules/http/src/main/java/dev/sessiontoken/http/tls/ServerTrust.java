package dev.sessiontoken.http.tls;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Checks the chain of a server by the JDK's trust manager, host name and algorithms included. Gives
 * the JDK only the authorities that the chain names: to parse all of them costs start-up time.
 *
 * <p>Refuses every chain if the host name would not be checked, so that no setting elsewhere can
 * switch that check off. Safe for any number of threads.
 */
final class ServerTrust extends X509ExtendedTrustManager {
  /** Choice of GeneralName, RFC 5280, section 4.2.1.6. */
  private static final int DNS_NAME = 2;

  /** Intermediates of a chain: the JDK's own limit is 5, and OpenSSL's is 100. */
  private static final int MAX_INTERMEDIATES = 20;

  private final Authorities authorities;

  ServerTrust(Authorities authorities) {
    this.authorities = authorities;
  }

  /** One method of the JDK's trust manager, with all arguments but the manager bound. */
  private interface Check {
    void run(X509ExtendedTrustManager manager) throws CertificateException;
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    requireHostCheck(engine.getSSLParameters());
    check(chain, jdk -> jdk.checkServerTrusted(chain, authType, engine));
    requireWholeLabels(chain, engine.getPeerHost());
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    requireHostCheck(socket instanceof SSLSocket tls ? tls.getSSLParameters() : null);
    check(chain, jdk -> jdk.checkServerTrusted(chain, authType, socket));
    var session = ((SSLSocket) socket).getHandshakeSession();
    requireWholeLabels(chain, session == null ? null : session.getPeerHost());
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    requireHostCheck(null);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw new CertificateException("trusts servers only");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    checkClientTrusted(chain, authType);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    checkClientTrusted(chain, authType);
  }

  /** Returns nothing: only servers need the list, and a client would parse it in vain. */
  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }

  private static void requireHostCheck(@Nullable SSLParameters parameters)
      throws CertificateException {
    var check = parameters == null ? null : parameters.getEndpointIdentificationAlgorithm();
    if (!"HTTPS".equalsIgnoreCase(check)) {
      throw new CertificateException("the host name of the server would not be checked");
    }
  }

  /**
   * Refuses a server that only a wildcard within a label or for several labels fits, such as {@code
   * c*r.test}: the JDK accepts it, RFC 9525, section 6.3, curl and Go do not.
   */
  private static void requireWholeLabels(X509Certificate[] chain, @Nullable String host)
      throws CertificateException {
    var names = chain[0].getSubjectAlternativeNames();
    if (host == null || names == null) return;
    boolean hasOther = false;
    for (var name : names) {
      String text = Integer.valueOf(DNS_NAME).equals(name.get(0)) ? (String) name.get(1) : "";
      if (isNamed(host, text)) return;
      hasOther |= text.lastIndexOf('*') > 0 || (text.startsWith("*") && !text.startsWith("*."));
    }
    if (hasOther) {
      throw new UntrustedServerException(
          chain, new CertificateException(JdkMessages.OTHER_HOST + " DNS name of whole labels"));
    }
  }

  private static boolean isNamed(String host, String name) {
    if (!name.startsWith("*.") || name.lastIndexOf('*') > 0) return host.equalsIgnoreCase(name);
    int dot = host.indexOf('.');
    return dot > 0 && host.substring(dot).equalsIgnoreCase(name.substring(1));
  }

  private void check(X509Certificate[] chain, Check check) throws CertificateException {
    var now = Instant.now(); // the JDK's own checks use the system's clock, too
    var anchors = new ArrayList<>(authorities.namedBy(chain));
    var expired =
        anchors.stream().filter(anchor -> anchor.getNotAfter().toInstant().isBefore(now)).toList();
    anchors.removeAll(expired); // the JDK ignores the dates of trust anchors
    if (anchors.isEmpty()) throw new UntrustedServerException(chain, expired);
    try {
      chain[0].checkValidity(); // and those of a server that is itself a trust anchor
      check.run(jdk(anchors));
    } catch (CertificateException e) {
      throw new UntrustedServerException(chain, e);
    }
  }

  private static X509ExtendedTrustManager jdk(Collection<X509Certificate> anchors)
      throws CertificateException {
    try {
      var parameters = new PKIXBuilderParameters(anchors(anchors), null);
      parameters.setRevocationEnabled(false); // the JDK's default for TLS
      parameters.setMaxPathLength(MAX_INTERMEDIATES);
      var factory = TrustManagerFactory.getInstance("PKIX");
      factory.init(new CertPathTrustManagerParameters(parameters));
      return (X509ExtendedTrustManager) factory.getTrustManagers()[0];
    } catch (GeneralSecurityException e) {
      throw new CertificateException("PKIX is not available", e);
    }
  }

  private static Set<TrustAnchor> anchors(Collection<X509Certificate> certificates) {
    return certificates.stream()
        .map(certificate -> new TrustAnchor(certificate, null))
        .collect(Collectors.toSet());
  }
}
