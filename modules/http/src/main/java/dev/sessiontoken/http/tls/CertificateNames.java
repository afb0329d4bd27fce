package dev.sessiontoken.http.tls;

import dev.sessiontoken.spi.Printable;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** The host names and addresses for which a certificate was made, in words. */
final class CertificateNames {
  private static final int LIMIT = 5; // content networks put hundreds into one
  private static final int DNS = 2; // of RFC 5280, GeneralName
  private static final int IP = 7;

  private CertificateNames() {}

  /** The first few; the subject if there is none, which no client looks at any more. */
  static String of(X509Certificate certificate) {
    var names = names(certificate);
    if (names.isEmpty()) {
      return "no host, only " + Printable.of(certificate.getSubjectX500Principal().getName());
    }
    var shown = names.stream().limit(LIMIT).map(Printable::of).collect(Collectors.joining(", "));
    int more = names.size() - LIMIT;
    return more > 0 ? shown + " and " + more + " more" : shown;
  }

  private static List<String> names(X509Certificate certificate) {
    try {
      Collection<List<?>> names = certificate.getSubjectAlternativeNames();
      if (names == null) return List.of();
      return names.stream().filter(CertificateNames::isHost).map(CertificateNames::text).toList();
    } catch (CertificateParsingException _) {
      return List.of();
    }
  }

  private static boolean isHost(List<?> name) {
    return name.getFirst() instanceof Integer type && (type == DNS || type == IP);
  }

  private static String text(List<?> name) {
    return String.valueOf(name.get(1));
  }
}
