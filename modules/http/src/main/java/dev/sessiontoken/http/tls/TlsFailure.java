package dev.sessiontoken.http.tls;

import dev.sessiontoken.spi.Printable;
import java.io.EOFException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.PKIXReason;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * What a failed handshake means to the user.
 *
 * @param problem one clause without a full stop, safe for a terminal
 * @param hint what to do next, in the same form
 */
public record TlsFailure(String problem, String hint) {
  private static final String TRUST_HINT =
      "if that is your own authority, name its certificate with --ca-file or CODER_CA_FILE";
  private static final String CLIENT_HINT =
      "name a client certificate and its key, or ask the administrator for one";

  /**
   * The words for a failure.
   *
   * @param failure what was caught, with its causes
   * @param now the time of this machine
   * @param serverDate asked for certificates that seem out of date: the time of the server, if it
   *     can be known
   * @return empty if the failure has nothing to do with TLS
   */
  public static Optional<TlsFailure> of(
      Throwable failure, Instant now, Supplier<Optional<Instant>> serverDate) {
    var causes = causes(failure);
    var untrusted = first(causes, UntrustedServerException.class);
    if (untrusted != null) {
      return Optional.of(new ChainRejection(untrusted, causes, now, serverDate).words());
    }
    var tls = first(causes, SSLException.class);
    if (tls == null) return Optional.empty();
    if (isHungUp(tls, causes)) return Optional.of(hungUp());
    return Optional.of(handshake(tls.getMessage() == null ? "" : tls.getMessage()));
  }

  /** The chain of causes, outermost first; bounded, for causes may go in circles. */
  private static List<Throwable> causes(Throwable failure) {
    var causes = new ArrayList<Throwable>();
    for (@Nullable Throwable cause = failure;
        cause != null && causes.size() < 30;
        cause = cause.getCause()) {
      causes.add(cause);
    }
    return causes;
  }

  private static <T extends Throwable> @Nullable T first(List<Throwable> causes, Class<T> type) {
    for (var cause : causes) if (type.isInstance(cause)) return type.cast(cause);
    return null;
  }

  private static boolean isHungUp(SSLException tls, List<Throwable> causes) {
    String said = String.valueOf(tls.getMessage());
    return first(causes, EOFException.class) != null
        || said.contains("Remote host terminated the handshake")
        || said.contains("Remote host closed the channel");
  }

  private static TlsFailure hungUp() {
    return new TlsFailure(
        "the server hung up during the TLS handshake",
        "check that host and port are those of the deployment, and what proxies and firewalls are on"
            + " the way");
  }

  /** By the words of the JDK, which has no others. */
  private static TlsFailure handshake(String message) {
    int alert = message.indexOf("Received fatal alert: ");
    if (alert >= 0) return alert(message.substring(alert + "Received fatal alert: ".length()));
    if (message.contains("nrecognized SSL message")) {
      return new TlsFailure(
          "what answered does not speak TLS, most likely plain HTTP",
          "try http://, or the port for https://");
    }
    if (message.contains("is not accepted by client preferences")
        || message.contains("No appropriate protocol")) {
      return oldProtocol();
    }
    if (message.contains("Unexpected exception")) { // the JDK's word for garbage among its records
      return new TlsFailure("the connection broke within TLS", "try again; is a proxy in between?");
    }
    return new TlsFailure("TLS failed: " + Printable.of(message), "");
  }

  private static TlsFailure oldProtocol() {
    return new TlsFailure(
        "the server offers no version of TLS that is still safe",
        "have the server speak TLS 1.2 or 1.3");
  }

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

  /**
   * Why a chain was not accepted: by the facts in it first, by the JDK's reason where it has one.
   */
  private record ChainRejection(
      UntrustedServerException failure,
      List<Throwable> causes,
      Instant now,
      Supplier<Optional<Instant>> serverDate) {

    TlsFailure words() {
      var server = server();
      var dated = dates("the certificate of the server", server);
      if (dated.isPresent()) return dated.get();
      if (failure.getCause() == null) return unknown();
      if (says("No subject alternative") || says("No name matching")) return wrongHost();
      return dated().or(this::reason).orElseGet(this::other);
    }

    private X509Certificate server() {
      return failure.chain().getFirst();
    }

    private Optional<TlsFailure> dates(String what, X509Certificate certificate) {
      var until = certificate.getNotAfter().toInstant();
      var from = certificate.getNotBefore().toInstant();
      if (now.isAfter(until)) return Optional.of(dated(what + " expired on " + until));
      if (now.isBefore(from)) return Optional.of(dated(what + " is not valid before " + from));
      return Optional.empty();
    }

    private TlsFailure dated(String problem) {
      var hint =
          serverDate.get().flatMap(this::clock).orElse("have it renewed, or set the clock right");
      return new TlsFailure(problem, hint);
    }

    private Optional<String> clock(Instant other) {
      var ahead = Duration.between(other, now);
      if (ahead.abs().compareTo(Duration.ofMinutes(2)) < 0) return Optional.of("have it renewed");
      var side = ahead.isNegative() ? " behind" : " ahead of";
      return Optional.of(
          "the clock of this machine is "
              + span(ahead.abs())
              + side
              + " the server's: set it right");
    }

    private static String span(Duration span) {
      if (span.toDays() > 1) return span.toDays() + " days";
      return span.toHours() > 1 ? span.toHours() + " hours" : span.toMinutes() + " minutes";
    }

    /** A date out of bounds further up the chain. */
    private Optional<TlsFailure> dated() {
      if (first(causes, CertificateExpiredException.class) == null
          && first(causes, CertificateNotYetValidException.class) == null) return Optional.empty();
      return failure.chain().stream()
          .map(certificate -> dates("the certificate of " + subject(certificate), certificate))
          .flatMap(Optional::stream)
          .findFirst();
    }

    private TlsFailure unknown() {
      if (!failure.expired().isEmpty()) {
        var authority = failure.expired().getFirst();
        return dates("the authority " + subject(authority), authority).orElseGet(this::stranger);
      }
      return isSelfSigned(server()) ? selfSigned() : stranger();
    }

    private static boolean isSelfSigned(X509Certificate certificate) {
      return certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
    }

    private TlsFailure selfSigned() {
      return new TlsFailure(
          "the certificate of the server, "
              + subject(server())
              + ", is signed by nobody but itself",
          "if that is your own server, name its certificate with --ca-file or CODER_CA_FILE");
    }

    private TlsFailure stranger() {
      var issuer = Printable.of(top().getIssuerX500Principal().getName());
      return new TlsFailure(
          "the certificate of the server comes from an unknown authority, " + issuer,
          TRUST_HINT + "; if it is a public one, have the server send its whole chain");
    }

    /** The last certificate on the way from the server's upwards. */
    private X509Certificate top() {
      var top = server();
      for (int i = 0; i < failure.chain().size() && !isSelfSigned(top); i++) {
        var issuer = top.getIssuerX500Principal();
        var above = find(certificate -> certificate.getSubjectX500Principal().equals(issuer));
        if (above.isEmpty()) return top;
        top = above.get();
      }
      return top;
    }

    private Optional<X509Certificate> find(Predicate<X509Certificate> which) {
      return failure.chain().stream().filter(which).findFirst();
    }

    private TlsFailure wrongHost() {
      return new TlsFailure(
          "the certificate of the server is for " + CertificateNames.of(server()),
          "check the host name in the URL");
    }

    private Optional<TlsFailure> reason() {
      var path = first(causes, CertPathValidatorException.class);
      if (path == null) return Optional.empty();
      var problem =
          switch (path.getReason()) {
            case PKIXReason.NOT_CA_CERT, PKIXReason.INVALID_KEY_USAGE ->
                "the certificate of the server was signed by one that may not sign others";
            case PKIXReason.PATH_TOO_LONG -> "there are more authorities in its chain than allowed";
            case PKIXReason.INVALID_NAME, PKIXReason.NAME_CHAINING -> nameReason(path);
            case CertPathValidatorException.BasicReason.ALGORITHM_CONSTRAINED ->
                "the chain of the server relies on a key or an algorithm that is no longer safe";
            case CertPathValidatorException.BasicReason.INVALID_SIGNATURE ->
                "the chain of the server is signed with another key than that of the authority";
            default -> null;
          };
      return Optional.ofNullable(problem).map(words -> new TlsFailure(words, remedy()));
    }

    private static String nameReason(CertPathValidatorException path) {
      return path.getReason() == PKIXReason.INVALID_NAME
          ? "an authority in the chain of the server may not vouch for its name"
          : "the chain of the server does not fit together";
    }

    private static String remedy() {
      return "have the server given a proper certificate";
    }

    private TlsFailure other() {
      if (says("key usage")) {
        return new TlsFailure("the certificate of the server is not made for servers", remedy());
      }
      if (says("unable to find valid certification path")) return stranger();
      return new TlsFailure(
          "the certificate of the server was not accepted: " + Printable.of(causes.getLast()),
          remedy());
    }

    private boolean says(String words) {
      return causes.stream()
          .map(Throwable::getMessage)
          .anyMatch(message -> message != null && message.contains(words));
    }

    private static String subject(X509Certificate certificate) {
      return Printable.of(certificate.getSubjectX500Principal().getName());
    }
  }
}
