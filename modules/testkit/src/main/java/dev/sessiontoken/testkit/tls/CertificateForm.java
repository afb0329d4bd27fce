package dev.sessiontoken.testkit.tls;

import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;

/**
 * What a certificate is to contain, before an authority signs it. The extensions are those of RFC
 * 5280: basicConstraints always; extendedKeyUsage unless it is an authority; subjectAltName and
 * nameConstraints where there is something to put in.
 *
 * @param subject distinguished name of the owner
 * @param keys the owner's; the public half goes into the certificate
 * @param from when it begins to be valid
 * @param until when it ends to be valid
 * @param pathLength how many further authorities may stand between an authority and a server; empty
 *     for a certificate that is no authority
 * @param hosts DNS names and IPv4 addresses for subjectAltName
 * @param purpose server or client
 * @param permittedDomain the only domain that an authority may certify, if it is limited to one
 */
public record CertificateForm(
    X500Principal subject,
    KeyPair keys,
    Instant from,
    Instant until,
    Optional<Integer> pathLength,
    List<String> hosts,
    Purpose purpose,
    Optional<String> permittedDomain) {

  /** Value of extendedKeyUsage. */
  public enum Purpose {
    /** id-kp-serverAuth. */
    SERVER,
    /** id-kp-clientAuth. */
    CLIENT
  }

  private static final Duration OLD = Duration.ofDays(10);
  private static final Duration AHEAD = Duration.ofDays(30);

  /** Copies the list. */
  public CertificateForm {
    hosts = List.copyOf(hosts);
  }

  /**
   * A server named {@code CN=a server,O=Example} with a new P-256 key, valid from ten days ago
   * until in 30 days.
   *
   * @param hosts its DNS names and IPv4 addresses; none at all leaves subjectAltName out; {@code
   *     DNS:127.0.0.1} is an address as if it were a name
   */
  public static CertificateForm server(String... hosts) {
    var now = Instant.now();
    return new CertificateForm(
        named("a server"),
        KeyPairs.p256(),
        now.minus(OLD),
        now.plus(AHEAD),
        Optional.empty(),
        List.of(hosts),
        Purpose.SERVER,
        Optional.empty());
  }

  /**
   * An authority with a new P-256 key, valid as long as {@link #server}, above at most five further
   * authorities.
   *
   * @param commonName its subject is {@code CN=<this>,O=Example}
   */
  public static CertificateForm authority(String commonName) {
    return server().withSubject(named(commonName)).withPathLength(5);
  }

  private static X500Principal named(String commonName) {
    return new X500Principal("CN=" + commonName + ",O=Example");
  }

  /** With another subject. */
  public CertificateForm withSubject(X500Principal other) {
    return new CertificateForm(
        other, keys, from, until, pathLength, hosts, purpose, permittedDomain);
  }

  /** For another key. */
  public CertificateForm withKeys(KeyPair other) {
    return new CertificateForm(
        subject, other, from, until, pathLength, hosts, purpose, permittedDomain);
  }

  /** Valid from one time to another. */
  public CertificateForm withDates(Instant start, Instant end) {
    return new CertificateForm(
        subject, keys, start, end, pathLength, hosts, purpose, permittedDomain);
  }

  /** Valid in the years 2020 and 2021: until 2021-02-03T04:05:06Z. */
  public CertificateForm expired() {
    return withDates(Instant.parse("2020-01-01T00:00:00Z"), Instant.parse("2021-02-03T04:05:06Z"));
  }

  /** An authority, below which a chain may have at most this number of further authorities. */
  public CertificateForm withPathLength(int length) {
    return new CertificateForm(
        subject, keys, from, until, Optional.of(length), hosts, purpose, permittedDomain);
  }

  /** For other DNS names and IPv4 addresses; for none, without subjectAltName. */
  public CertificateForm withHosts(String... others) {
    return new CertificateForm(
        subject, keys, from, until, pathLength, List.of(others), purpose, permittedDomain);
  }

  /** For another purpose. */
  public CertificateForm withPurpose(Purpose other) {
    return new CertificateForm(
        subject, keys, from, until, pathLength, hosts, other, permittedDomain);
  }

  /** An authority that may certify hosts of this domain only. */
  public CertificateForm onlyFor(String domain) {
    return new CertificateForm(
        subject, keys, from, until, pathLength, hosts, purpose, Optional.of(domain));
  }

  /** The certificate, signed by its own key. */
  public KeyedCertificate selfSigned() {
    return KeyedCertificate.sign(subject, keys.getPrivate(), this);
  }
}
