package dev.sessiontoken.cli.agent;

import dev.sessiontoken.cli.args.Arguments;
import dev.sessiontoken.cli.args.Flag;
import dev.sessiontoken.cli.command.Invocation;
import dev.sessiontoken.cli.command.Version;
import dev.sessiontoken.http.DeploymentSettings;
import dev.sessiontoken.spi.SessionTokenException;
import dev.sessiontoken.spi.SessionTokenException.NotConfigured;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The flags that say how the deployment is reached. */
final class ConnectionFlags {
  static final Flag CA =
      Flag.value("--ca-file", "FILE", "CODER_CA_FILE", "PEM file of more authorities to trust");
  static final Flag CERTIFICATE =
      Flag.value(
          "--client-cert-file",
          "FILE",
          "CODER_CLIENT_TLS_CERT_FILE",
          "PEM file of a certificate for servers that ask for one");
  static final Flag KEY =
      Flag.value("--client-key-file", "FILE", "CODER_CLIENT_TLS_KEY_FILE", "PEM file of its key");
  static final Flag HEADER =
      Flag.value("--header", "NAME=VALUE", "CODER_HEADER", "a header to send to the deployment")
          .repeated();
  static final Flag HEADER_COMMAND =
      Flag.value(
          "--header-command",
          "COMMAND",
          "CODER_HEADER_COMMAND",
          "a shell command that prints more of them, NAME=VALUE a line");

  static final List<Flag> ALL = List.of(CA, CERTIFICATE, KEY, HEADER, HEADER_COMMAND);

  private ConnectionFlags() {}

  /** Returns how to reach the deployment at an origin. Runs the header command, if there is one. */
  static DeploymentSettings settings(URI origin, Invocation invocation)
      throws SessionTokenException, InterruptedException {
    var arguments = invocation.arguments();
    var settings =
        DeploymentSettings.isolated(origin)
            .withUserAgent("sessiontoken/" + Version.number())
            .withEnvironment(arguments.environment())
            .withTrace(invocation.trace())
            .withClock(invocation.clock())
            .withPause(invocation.pause());
    var ca = arguments.value(CA).filter(file -> !file.isEmpty());
    if (ca.isPresent()) settings = settings.withCaFile(Path.of(ca.get()));
    settings = withClientCertificate(settings, arguments);
    for (var header : Headers.collect(invocation)) {
      settings = settings.withHeader(header.name(), header.value());
    }
    return settings;
  }

  /** Returns the files that the arguments name. */
  static Stream<String> files(Arguments arguments) {
    var folders = arguments.variable("SSL_CERT_DIR").orElse("").split(":", -1);
    return Stream.of(
            Stream.of(folders),
            arguments.variable("SSL_CERT_FILE").stream(),
            Stream.of(CA, CERTIFICATE, KEY).flatMap(flag -> arguments.value(flag).stream()))
        .flatMap(each -> each);
  }

  private static DeploymentSettings withClientCertificate(
      DeploymentSettings settings, Arguments arguments) throws NotConfigured {
    String certificate = arguments.value(CERTIFICATE).orElse("");
    String key = arguments.value(KEY).orElse("");
    if (certificate.isEmpty() && key.isEmpty()) return settings;
    if (!certificate.isEmpty() && !key.isEmpty()) {
      return settings.withClientCertificate(Path.of(certificate), Path.of(key));
    }
    var missing = key.isEmpty() ? KEY : CERTIFICATE;
    throw new NotConfigured(
        "read the client certificate",
        key.isEmpty() ? "there is a certificate, but no key" : "there is a key, but no certificate",
        "set " + missing.variable() + " or give " + missing.name(),
        null);
  }
}
