package dev.sessiontoken.http.tls;

import dev.sessiontoken.spi.Printable;
import java.io.EOFException;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;

/**
 * Classifies failures of TLS: what a failure means to the user, and whether another try can help.
 *
 * @param problem one clause without a full stop, safe for a terminal
 * @param hint what to do next, in the same form; may be empty
 */
public record TlsFailure(String problem, String hint) {
  /** What to do about a certificate of one's own: part of hints. */
  public static final String TRUST = "add its certificate to the trusted ones";

  private static final String CLIENT_HINT =
      "name a client certificate and its key, or ask the administrator for one";

  /**
   * Alerts by which a handshake ends if the server knows no X25519: OpenSSL sends the first, JSSE
   * the third; the others are sent by either side after an answer with another group.
   */
  private static final List<String> OTHER_GROUP_ALERTS =
      List.of(
          "handshake_failure",
          "insufficient_security",
          "unexpected_message",
          "illegal_parameter",
          "internal_error");

  /**
   * Returns problem and hint for a failure, or empty if the failure has nothing to do with TLS.
   *
   * @param failure what was caught, with its causes
   * @param now the time of this machine
   * @param serverDate asked only about certificates that seem out of date: the time of the server,
   *     empty if it cannot be known
   */
  public static Optional<TlsFailure> of(
      Throwable failure, Instant now, Supplier<Optional<Instant>> serverDate) {
    var untrusted = Causes.first(failure, UntrustedServerException.class);
    if (untrusted != null) {
      return Optional.of(new ChainRejection(untrusted, now, serverDate).explain());
    }
    var tls = Causes.first(failure, SSLException.class);
    if (tls == null) return Optional.empty();
    String message = String.valueOf(tls.getMessage());
    if (isHungUp(failure, message)) return Optional.of(hungUp());
    return Optional.of(handshake(tls.getMessage() == null ? "" : message));
  }

  /**
   * Returns whether the next handshake would fail likewise: the server is not trusted, or one side
   * refused the other. False if the connection broke during the handshake, which may pass, and for
   * failures other than of TLS.
   */
  public static boolean isLasting(Throwable failure) {
    for (var cause : Causes.of(failure)) {
      if (cause instanceof UntrustedServerException) return true;
      if (cause instanceof SSLException tls && isRefusal(tls)) return true;
    }
    return false;
  }

  private static boolean isRefusal(SSLException failure) {
    String message = String.valueOf(failure.getMessage());
    boolean isBroken =
        failure.getCause() instanceof IOException || message.contains(JdkMessages.REMOTE_HOST);
    return message.contains(JdkMessages.ALERT) || !isBroken;
  }

  /** Returns whether the handshake may have failed because the server does not know X25519. */
  public static boolean mayNeedOtherGroup(Throwable failure) {
    for (var cause : Causes.of(failure)) {
      if (cause instanceof SSLException && namesOtherGroupAlert(cause)) return true;
    }
    return false;
  }

  private static boolean namesOtherGroupAlert(Throwable failure) {
    String message = String.valueOf(failure.getMessage());
    for (String alert : OTHER_GROUP_ALERTS) if (message.contains(alert)) return true;
    return false;
  }

  private static boolean isHungUp(Throwable failure, String message) {
    return Causes.first(failure, EOFException.class) != null
        || message.contains(JdkMessages.TERMINATED)
        || message.contains(JdkMessages.CLOSED);
  }

  private static TlsFailure hungUp() {
    return new TlsFailure(
        "the server hung up during the TLS handshake",
        "check that host and port are those of the deployment, and what proxies and firewalls are on"
            + " the way");
  }

  private static TlsFailure handshake(String message) {
    int alert = message.indexOf(JdkMessages.ALERT);
    if (alert >= 0) return alert(message.substring(alert + JdkMessages.ALERT.length()));
    if (message.contains(JdkMessages.NO_TLS)) {
      return new TlsFailure(
          "what answered does not speak TLS, most likely plain HTTP",
          "try http://, or the port for https://");
    }
    if (message.contains(JdkMessages.VERSION_REFUSED) || message.contains(JdkMessages.NO_VERSION)) {
      return oldProtocol();
    }
    if (message.contains(JdkMessages.BROKEN_RECORD)) {
      return new TlsFailure("the connection broke within TLS", "try again; is a proxy in between?");
    }
    return new TlsFailure("TLS failed: " + Printable.of(message), "");
  }

  private static TlsFailure oldProtocol() {
    return new TlsFailure(
        "the server offers no version of TLS that is still safe",
        "have the server speak TLS 1.2 or 1.3");
  }

  /** Explains an alert of the server by its name, as RFC 8446, section 6.2, has them. */
  private static TlsFailure alert(String alert) {
    return switch (alert) {
      case "certificate_required" ->
          new TlsFailure("the server wants a client certificate", CLIENT_HINT);
      case "bad_certificate",
          "unsupported_certificate",
          "certificate_revoked",
          "certificate_expired",
          "certificate_unknown",
          "unknown_ca",
          "access_denied" ->
          new TlsFailure(
              "the server does not accept the client certificate, or the lack of one (alert "
                  + alert
                  + ")",
              CLIENT_HINT);
      case "protocol_version" -> oldProtocol();
      case "handshake_failure", "insufficient_security" ->
          new TlsFailure(
              "the server found no common ground for TLS (alert " + alert + ")",
              "it may want a client certificate, or offer only algorithms that are no longer safe");
      case "unrecognized_name" ->
          new TlsFailure("the server does not know the host name", "check the URL");
      default ->
          new TlsFailure("the server broke TLS off with the alert " + Printable.of(alert), "");
    };
  }
}
