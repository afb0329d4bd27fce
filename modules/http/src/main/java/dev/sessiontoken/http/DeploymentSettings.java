package dev.sessiontoken.http;

import dev.sessiontoken.spi.SessionTokenException.NotConfigured;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a deployment is reached.
 *
 * @param origin scheme, host and port, as {@link DeploymentUrl#origin} gives it
 * @param userAgent what the client calls itself
 * @param environment variables that say where authorities and proxies are: {@code SSL_CERT_FILE},
 *     {@code HTTPS_PROXY} and their kin; empty ones count as unset
 * @param caFile a PEM file of authorities to trust besides
 * @param clientCertificate what to prove this client with, to servers that ask
 * @param headers what to send besides, values by name; values are secrets
 * @param trace told what happens
 */
public record DeploymentSettings(
    URI origin,
    String userAgent,
    Map<String, String> environment,
    Optional<Path> caFile,
    Optional<CertificateAndKey> clientCertificate,
    Map<String, List<String>> headers,
    Trace trace) {

  /**
   * PEM files of a client certificate and of its key; may be the same one.
   *
   * @param certificate the certificate, then those that vouch for it
   * @param key its key, not encrypted
   */
  public record CertificateAndKey(Path certificate, Path key) {}

  /** Copies what could change. */
  public DeploymentSettings {
    environment = Map.copyOf(environment);
    headers = Map.copyOf(headers);
  }

  /**
   * A deployment by its URL, reached directly, told to nobody.
   *
   * @throws NotConfigured if it is none, as {@link DeploymentUrl#origin} says
   */
  public static DeploymentSettings of(URI deployment) throws NotConfigured {
    return new DeploymentSettings(
        DeploymentUrl.origin(deployment.toString()),
        "sessiontoken",
        Map.of(),
        Optional.empty(),
        Optional.empty(),
        Map.of(),
        Trace.none());
  }

  /** The same with another name for the client. */
  public DeploymentSettings withUserAgent(String userAgent) {
    return new DeploymentSettings(
        origin, userAgent, environment, caFile, clientCertificate, headers, trace);
  }

  /** The same with the variables of a process, such as {@code System.getenv()}. */
  public DeploymentSettings withEnvironment(Map<String, String> environment) {
    return new DeploymentSettings(
        origin, userAgent, environment, caFile, clientCertificate, headers, trace);
  }

  /** The same with more authorities to trust. */
  public DeploymentSettings withCaFile(Path file) {
    return new DeploymentSettings(
        origin, userAgent, environment, Optional.of(file), clientCertificate, headers, trace);
  }

  /** The same with a certificate for servers that ask for one. */
  public DeploymentSettings withClientCertificate(Path certificate, Path key) {
    var files = new CertificateAndKey(certificate, key);
    return new DeploymentSettings(
        origin, userAgent, environment, caFile, Optional.of(files), headers, trace);
  }

  /** The same with one more header. */
  public DeploymentSettings withHeader(String name, String value) {
    var more = new LinkedHashMap<>(headers);
    var values = new ArrayList<>(headers.getOrDefault(name, List.of()));
    values.add(value);
    more.put(name, List.copyOf(values));
    return new DeploymentSettings(
        origin, userAgent, environment, caFile, clientCertificate, more, trace);
  }

  /** The same, told to somebody. */
  public DeploymentSettings withTrace(Trace trace) {
    return new DeploymentSettings(
        origin, userAgent, environment, caFile, clientCertificate, headers, trace);
  }

  boolean isTls() {
    return origin.getScheme().equals("https");
  }

  /** Leaves variables and headers out: some are secrets. */
  @Override
  public String toString() {
    return "DeploymentSettings[origin=" + origin + ", headers=" + headers.keySet() + "]";
  }
}
