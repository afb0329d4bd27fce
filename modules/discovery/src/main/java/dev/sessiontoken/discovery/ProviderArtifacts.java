package dev.sessiontoken.discovery;

import dev.sessiontoken.spi.Printable;
import dev.sessiontoken.spi.SessionTokenException.NotConfigured;
import dev.sessiontoken.spi.SessionTokenProvider;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The Maven artifacts of this project that bring providers, for messages. */
final class ProviderArtifacts {
  private static final String GROUP = "dev.sessiontoken:";
  private static final String ARTIFACT = "sessiontoken-provider-";

  /** A provider, and the last part of its artifact's name. */
  private record Artifact(String provider, String suffix) {

    String coordinates() {
      return GROUP + ARTIFACT + suffix;
    }
  }

  private static final List<Artifact> ALL =
      List.of(
          new Artifact("token", "token"),
          new Artifact("token-file", "file"),
          new Artifact("command", "command"),
          new Artifact("aws-instance-identity", "aws"),
          new Artifact("azure-instance-identity", "azure"),
          new Artifact("google-instance-identity", "google"));

  private ProviderArtifacts() {}

  /**
   * Returns what to throw for a name that no provider has.
   *
   * @param present the providers that are there
   */
  static NotConfigured missing(String name, List<SessionTokenProvider> present) {
    return new NotConfigured(
        "look up the provider " + Printable.of(name, 60),
        "no jar on the class path or module path brings it; present: " + names(present),
        coordinates(name)
            .map(artifact -> "add the artifact " + artifact)
            .orElseGet(() -> "add its jar; this project has " + known()),
        null);
  }

  private static String names(List<SessionTokenProvider> present) {
    return present.isEmpty()
        ? "none"
        : present.stream()
            .map(SessionTokenProvider::name)
            .sorted()
            .collect(Collectors.joining(", "));
  }

  private static Optional<String> coordinates(String name) {
    return ALL.stream()
        .filter(each -> each.provider().equals(name))
        .map(Artifact::coordinates)
        .findFirst();
  }

  private static String known() {
    return ALL.stream()
        .map(each -> each.provider() + " in " + each.coordinates())
        .collect(Collectors.joining(", "));
  }
}
