package dev.sessiontoken.http.tls;

import dev.sessiontoken.spi.Printable;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** The host names and addresses of a certificate, as a phrase for messages. */
final class CertificateNames {
  private static final int LIMIT = 5; // certificates of content networks have hundreds
  private static final int DNS = 2; // choices of GeneralName, RFC 5280, section 4.2.1.6
  private static final int IP = 7;

  private CertificateNames() {}

  /** Returns the first five, or the subject if there is none: no client checks that any more. */
  static String of(X509Certificate certificate) {
    var names = names(certificate);
    if (names.isEmpty()) {
      return "no host, only " + Printable.of(certificate.getSubjectX500Principal().getName());
    }
    var shown = names.stream().limit(LIMIT).map(Printable::of).collect(Collectors.joining(", "));
    int more = names.size() - LIMIT;
    return more > 0 ? shown + " and " + more + " more" : shown;
  }

  /** Returns whether a name of the kind for hosts is an address, which no client accepts. */
  static boolean hasAddressAsName(X509Certificate certificate) {
    try {
      Collection<List<?>> names = certificate.getSubjectAlternativeNames();
      return names != null
          && names.stream()
              .anyMatch(
                  name -> Integer.valueOf(DNS).equals(name.getFirst()) && isAddress(text(name)));
    } catch (CertificateParsingException e) {
      return false;
    }
  }

  private static boolean isAddress(String name) {
    boolean isIpv4 =
        !name.isEmpty() && name.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
    return isIpv4 || name.indexOf(':') >= 0;
  }

  private static List<String> names(X509Certificate certificate) {
    try {
      Collection<List<?>> names = certificate.getSubjectAlternativeNames();
      if (names == null) return List.of();
      return names.stream().filter(CertificateNames::isHost).map(CertificateNames::text).toList();
    } catch (CertificateParsingException e) {
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
