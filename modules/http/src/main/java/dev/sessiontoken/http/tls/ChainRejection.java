package dev.sessiontoken.http.tls;

import dev.sessiontoken.spi.Printable;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.PKIXReason;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Explains why the chain of a server was not accepted: by the certificates first, else by the JDK's
 * reason.
 *
 * @param failure the rejected chain
 * @param now the time of this machine
 * @param serverDate the time of the server, empty if it cannot be known
 */
record ChainRejection(
    UntrustedServerException failure, Instant now, Supplier<Optional<Instant>> serverDate) {

  /** Returns problem and hint for the user. */
  TlsFailure explain() {
    var server = server();
    var dated = dates("the certificate of the server", server);
    if (dated.isPresent()) return dated.get();
    if (failure.getCause() == null) return untrusted();
    if (says(JdkMessages.OTHER_HOST) || says(JdkMessages.OTHER_SUBJECT)) return wrongHost();
    return datedIssuer().or(this::reason).orElseGet(this::other);
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
        serverDate.get().flatMap(this::clockHint).orElse("have it renewed, or set the clock right");
    return new TlsFailure(problem, hint);
  }

  private Optional<String> clockHint(Instant other) {
    var ahead = Duration.between(other, now);
    if (ahead.abs().compareTo(Duration.ofMinutes(2)) < 0) return Optional.of("have it renewed");
    var side = ahead.isNegative() ? " behind" : " ahead of";
    return Optional.of(
        "the clock of this machine is " + span(ahead.abs()) + side + " the server's: set it right");
  }

  private static String span(Duration span) {
    if (span.toDays() > 1) return span.toDays() + " days";
    return span.toHours() > 1 ? span.toHours() + " hours" : span.toMinutes() + " minutes";
  }

  /** Finds a certificate further up the chain that is out of date. */
  private Optional<TlsFailure> datedIssuer() {
    if (Causes.first(failure, CertificateExpiredException.class) == null
        && Causes.first(failure, CertificateNotYetValidException.class) == null)
      return Optional.empty();
    return failure.chain().stream()
        .map(certificate -> dates("the certificate of " + subject(certificate), certificate))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private TlsFailure untrusted() {
    if (!failure.expired().isEmpty()) {
      var authority = failure.expired().getFirst();
      return dates("the authority " + subject(authority), authority)
          .orElseGet(this::unknownAuthority);
    }
    return isSelfSigned(server()) ? selfSigned() : unknownAuthority();
  }

  private static boolean isSelfSigned(X509Certificate certificate) {
    return certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
  }

  private TlsFailure selfSigned() {
    return new TlsFailure(
        "the certificate of the server, " + subject(server()) + ", is signed by nobody but itself",
        "if that is your own server, " + TlsFailure.TRUST);
  }

  private TlsFailure unknownAuthority() {
    var issuer = Printable.of(top().getIssuerX500Principal().getName());
    return new TlsFailure(
        "the certificate of the server comes from an unknown authority, " + issuer,
        "if that is your own authority, "
            + TlsFailure.TRUST
            + "; if it is a public one, have the server send its whole chain");
  }

  /** Returns the last certificate that links up from the server's, issuer by issuer. */
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
        CertificateNames.hasAddressAsName(server())
            ? "it names the address as if it were a host name (DNS: instead of IP:): have it made"
                + " anew, or use a host name in the URL"
            : "check the host name in the URL");
  }

  private Optional<TlsFailure> reason() {
    var path = Causes.first(failure, CertPathValidatorException.class);
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
    return Optional.ofNullable(problem).map(text -> new TlsFailure(text, remedy()));
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
    if (says(JdkMessages.KEY_USAGE)) {
      return new TlsFailure("the certificate of the server is not made for servers", remedy());
    }
    if (says(JdkMessages.NO_PATH)) return unknownAuthority();
    return new TlsFailure(
        "the certificate of the server was not accepted: "
            + Printable.of(Causes.of(failure).getLast()),
        remedy());
  }

  private boolean says(String part) {
    for (var cause : Causes.of(failure)) {
      if (String.valueOf(cause.getMessage()).contains(part)) return true;
    }
    return false;
  }

  private static String subject(X509Certificate certificate) {
    return Printable.of(certificate.getSubjectX500Principal().getName());
  }
}
