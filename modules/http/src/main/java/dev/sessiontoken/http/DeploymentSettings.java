package dev.sessiontoken.http;

import dev.sessiontoken.http.tls.Authorities;
import dev.sessiontoken.spi.SessionTokenException.NotConfigured;
import java.net.ProxySelector;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLContext;

/**
 * How a deployment is reached. Immutable; safe for any number of threads if trace, clock, pause and
 * overrides are. Begin with {@link #of} and change it by the methods {@code withX}.
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
 * @param overrides what the program brings in place of what this module would make itself
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
    Pause pause,
    Overrides overrides) {

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
   * Returns settings for a Java program: no further headers, traces or client certificate, the
   * system's clock, real pauses. Variables of the environment do not count before {@link
   * #withEnvironment}. The JVM's settings count: the authorities of {@code
   * javax.net.ssl.trustStore}, the proxy of {@code https.proxyHost}, {@code http.proxyHost} and
   * {@code http.nonProxyHosts}, or of {@code ProxySelector.setDefault}.
   *
   * @param deployment URL of the deployment
   * @throws NotConfigured if the URL cannot be used, as {@link DeploymentUrl#origin} says
   */
  public static DeploymentSettings of(URI deployment) throws NotConfigured {
    return isolated(deployment).withJvm(JvmSettings.ofThisProcess());
  }

  /**
   * Returns the same settings as {@link #of}, except that no settings of the JVM count.
   *
   * @throws NotConfigured as {@link #of}
   */
  public static DeploymentSettings isolated(URI deployment) throws NotConfigured {
    return new DeploymentSettings(
        DeploymentUrl.origin(deployment.toString()),
        "sessiontoken",
        Map.of(),
        Optional.empty(),
        Optional.empty(),
        Map.of(),
        Trace.none(),
        InstantSource.system(),
        new RealPause(),
        Overrides.none());
  }

  /** Returns these settings with another value of the {@code User-Agent} header. */
  public DeploymentSettings withUserAgent(String userAgent) {
    return new DeploymentSettings(
        origin,
        userAgent,
        environment,
        caFile,
        clientCertificate,
        headers,
        trace,
        clock,
        pause,
        overrides);
  }

  /** Returns these settings with the variables of a process, such as {@code System.getenv()}. */
  public DeploymentSettings withEnvironment(Map<String, String> environment) {
    return new DeploymentSettings(
        origin,
        userAgent,
        environment,
        caFile,
        clientCertificate,
        headers,
        trace,
        clock,
        pause,
        overrides);
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
        pause,
        overrides);
  }

  /**
   * Returns these settings with PEM files of a client certificate and of its key. The constructor
   * of {@link DeploymentClient} reads them, and refuses those that cannot be used.
   */
  public DeploymentSettings withClientCertificate(Path certificate, Path key) {
    var files = Optional.of(new CertificateAndKey(certificate, key));
    return new DeploymentSettings(
        origin, userAgent, environment, caFile, files, headers, trace, clock, pause, overrides);
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
        origin,
        userAgent,
        environment,
        caFile,
        clientCertificate,
        more,
        trace,
        clock,
        pause,
        overrides);
  }

  /** Returns these settings with another trace. */
  public DeploymentSettings withTrace(Trace trace) {
    return new DeploymentSettings(
        origin,
        userAgent,
        environment,
        caFile,
        clientCertificate,
        headers,
        trace,
        clock,
        pause,
        overrides);
  }

  /** Returns these settings with another clock. */
  public DeploymentSettings withClock(InstantSource clock) {
    return new DeploymentSettings(
        origin,
        userAgent,
        environment,
        caFile,
        clientCertificate,
        headers,
        trace,
        clock,
        pause,
        overrides);
  }

  /** Returns these settings with another pause between two tries. */
  public DeploymentSettings withPause(Pause pause) {
    return new DeploymentSettings(
        origin,
        userAgent,
        environment,
        caFile,
        clientCertificate,
        headers,
        trace,
        clock,
        pause,
        overrides);
  }

  /**
   * Returns these settings with a TLS context in place of the authorities that this module would
   * read, such as one of a framework or with keys in hardware. The context alone decides which
   * servers are trusted; the host name is checked as well. Not together with {@link #withCaFile} or
   * {@link #withClientCertificate}, which the constructor of {@link DeploymentClient} refuses.
   */
  public DeploymentSettings withSslContext(SSLContext context) {
    return with(overrides.withSslContext(context));
  }

  /**
   * Returns these settings with a selector in place of the proxy variables, {@code NO_PROXY}
   * included, and of the JVM's selector. Asked once, by the constructor of {@link
   * DeploymentClient}; of several proxies the first {@code HTTP} proxy counts, or the first {@code
   * DIRECT}.
   */
  public DeploymentSettings withProxySelector(ProxySelector selector) {
    return with(overrides.withProxySelector(selector));
  }

  /**
   * Returns these settings with an executor in place of the client's own threads, for connections
   * and for look-ups of host names. It runs work on other threads than that of the caller, is not
   * shut down by the client, and may be bounded: calls that find no thread end by their deadline.
   */
  public DeploymentSettings withExecutor(Executor executor) {
    return with(overrides.withExecutor(executor));
  }

  /** Returns these settings with a policy in place of {@link RetryPolicy#DEPLOYMENT}. */
  public DeploymentSettings withRetryPolicy(RetryPolicy policy) {
    return with(overrides.withRetryPolicy(policy));
  }

  /** Returns these settings with a listener for calls, in place of one that was set before. */
  public DeploymentSettings withListener(CallListener listener) {
    return with(overrides.withListener(listener));
  }

  /** Returns these settings with other settings of the JVM than those of the running one. */
  public DeploymentSettings withJvm(JvmSettings jvm) {
    return with(overrides.withJvm(jvm));
  }

  private DeploymentSettings with(Overrides others) {
    return new DeploymentSettings(
        origin,
        userAgent,
        environment,
        caFile,
        clientCertificate,
        headers,
        trace,
        clock,
        pause,
        others);
  }

  /**
   * Returns these settings for a server other than the deployment: without the further headers, and
   * without the client certificate unless it is to be shown there. An {@code SSLContext} of the
   * program decides on certificates for all servers.
   */
  DeploymentSettings forService(URI server, boolean showsCertificate) {
    var certificate = showsCertificate ? clientCertificate : Optional.<CertificateAndKey>empty();
    return new DeploymentSettings(
        server,
        userAgent,
        environment,
        caFile,
        certificate,
        Map.of(),
        trace,
        clock,
        pause,
        overrides);
  }

  /**
   * Returns the files and folders from which the constructor of {@link DeploymentClient} reads
   * certificates and keys, for programs that keep a client and must know when it is out of date.
   * Some may not exist. Empty for {@code http://}. Without the JVM's trust store and what {@link
   * #withSslContext} has brought.
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
