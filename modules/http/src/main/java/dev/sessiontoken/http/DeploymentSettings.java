package dev.sessiontoken.http;

import dev.sessiontoken.http.tls.Authorities;
import dev.sessiontoken.spi.SessionTokenException.NotConfigured;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a deployment is reached. Immutable; safe for any number of threads if trace, clock and pause
 * are.
 *
 * @param origin scheme, host and port, as {@link DeploymentUrl#origin} returns it
 * @param userAgent value of the {@code User-Agent} header
 * @param environment variables that name authorities and proxies, such as {@code SSL_CERT_FILE} and
 *     {@code HTTPS_PROXY}; empty values count as unset
 * @param caFile PEM file of authorities that are trusted in addition
 * @param clientCertificate certificate and key for servers that ask for a client certificate
 * @param headers further headers of each request, values by name, sent in this order; values are
 *     secrets
 * @param trace gets a line for each step
 * @param clock time of day, for {@code Retry-After} dates and for messages about certificates that
 *     are out of date
 * @param pause waits between two tries
 */
public record DeploymentSettings(
    URI origin,
    String userAgent,
    Map<String, String> environment,
    Optional<Path> caFile,
    Optional<CertificateAndKey> clientCertificate,
    Map<String, List<String>> headers,
    Trace trace,
    InstantSource clock,
    Pause pause) {

  /**
   * PEM files of a client certificate and of its key; both may be the same file.
   *
   * @param certificate file of the certificate, followed by the certificates of its issuers
   * @param key file of the certificate's private key, not encrypted
   */
  public record CertificateAndKey(Path certificate, Path key) {}

  /** Copies the maps; the headers keep their order. */
  public DeploymentSettings {
    environment = Map.copyOf(environment);
    headers = copyInOrder(headers);
  }

  private static Map<String, List<String>> copyInOrder(Map<String, List<String>> headers) {
    var copy = new LinkedHashMap<String, List<String>>();
    headers.forEach((name, values) -> copy.put(name, List.copyOf(values)));
    return Collections.unmodifiableMap(copy);
  }

  /**
   * Returns settings that reach a deployment directly, without further headers, traces or client
   * certificate, by the system's clock and real pauses.
   *
   * @param deployment URL of the deployment
   * @throws NotConfigured if the URL cannot be used, as {@link DeploymentUrl#origin} says
   */
  public static DeploymentSettings of(URI deployment) throws NotConfigured {
    return new DeploymentSettings(
        DeploymentUrl.origin(deployment.toString()),
        "sessiontoken",
        Map.of(),
        Optional.empty(),
        Optional.empty(),
        Map.of(),
        Trace.none(),
        InstantSource.system(),
        Thread::sleep);
  }

  /** Returns these settings with another value of the {@code User-Agent} header. */
  public DeploymentSettings withUserAgent(String userAgent) {
    return new DeploymentSettings(
        origin, userAgent, environment, caFile, clientCertificate, headers, trace, clock, pause);
  }

  /** Returns these settings with the variables of a process, such as {@code System.getenv()}. */
  public DeploymentSettings withEnvironment(Map<String, String> environment) {
    return new DeploymentSettings(
        origin, userAgent, environment, caFile, clientCertificate, headers, trace, clock, pause);
  }

  /**
   * Returns these settings with a PEM file of authorities that are trusted in addition. The
   * constructor of {@link DeploymentClient} reads the file, and refuses one that cannot be used.
   */
  public DeploymentSettings withCaFile(Path file) {
    return new DeploymentSettings(
        origin,
        userAgent,
        environment,
        Optional.of(file),
        clientCertificate,
        headers,
        trace,
        clock,
        pause);
  }

  /**
   * Returns these settings with PEM files of a client certificate and of its key. The constructor
   * of {@link DeploymentClient} reads them, and refuses those that cannot be used.
   */
  public DeploymentSettings withClientCertificate(Path certificate, Path key) {
    var files = Optional.of(new CertificateAndKey(certificate, key));
    return new DeploymentSettings(
        origin, userAgent, environment, caFile, files, headers, trace, clock, pause);
  }

  /**
   * Returns these settings with one more header; a name that is there gets one more value. The
   * constructor of {@link DeploymentClient} refuses a header that cannot be sent.
   */
  public DeploymentSettings withHeader(String name, String value) {
    var more = new LinkedHashMap<>(headers);
    var values = new ArrayList<>(headers.getOrDefault(name, List.of()));
    values.add(value);
    more.put(name, values);
    return new DeploymentSettings(
        origin, userAgent, environment, caFile, clientCertificate, more, trace, clock, pause);
  }

  /** Returns these settings with another trace. */
  public DeploymentSettings withTrace(Trace trace) {
    return new DeploymentSettings(
        origin, userAgent, environment, caFile, clientCertificate, headers, trace, clock, pause);
  }

  /** Returns these settings with another clock. */
  public DeploymentSettings withClock(InstantSource clock) {
    return new DeploymentSettings(
        origin, userAgent, environment, caFile, clientCertificate, headers, trace, clock, pause);
  }

  /** Returns these settings with another pause between two tries. */
  public DeploymentSettings withPause(Pause pause) {
    return new DeploymentSettings(
        origin, userAgent, environment, caFile, clientCertificate, headers, trace, clock, pause);
  }

  /**
   * Returns these settings for a server other than the deployment: without the further headers, and
   * without the client certificate unless it is to be shown there.
   */
  DeploymentSettings forService(URI server, boolean showsCertificate) {
    var certificate = showsCertificate ? clientCertificate : Optional.<CertificateAndKey>empty();
    return new DeploymentSettings(
        server, userAgent, environment, caFile, certificate, Map.of(), trace, clock, pause);
  }

  /**
   * Returns the files and folders from which the constructor of {@link DeploymentClient} reads
   * certificates and keys, for programs that keep a client and must know when it is out of date.
   * Some may not exist. Empty for {@code http://}.
   */
  public List<Path> filesOfTls() {
    if (!isTls()) return List.of();
    var files = new ArrayList<>(Authorities.files(environment));
    caFile.ifPresent(files::add);
    clientCertificate.ifPresent(pair -> files.addAll(List.of(pair.certificate(), pair.key())));
    return List.copyOf(files);
  }

  boolean isTls() {
    return origin.getScheme().equals("https");
  }

  /** Leaves variables and values of headers out: some are secrets. */
  @Override
  public String toString() {
    return "DeploymentSettings[origin=" + origin + ", headers=" + headers.keySet() + "]";
  }
}
