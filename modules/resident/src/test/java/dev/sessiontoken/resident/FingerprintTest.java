package dev.sessiontoken.resident;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sessiontoken.http.DeploymentSettings;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FingerprintTest {
  private final Fingerprint fingerprint = Fingerprint.random();

  @TempDir private Path folder;
  private Path authority;
  private DeploymentSettings settings;

  @BeforeEach
  void describeTheWay() throws Exception {
    authority = Files.writeString(folder.resolve("ca.pem"), "one");
    settings =
        DeploymentSettings.of(URI.create("https://coder.example.com"))
            .withEnvironment(Map.of("HTTPS_PROXY", "http://p:1", "CODER_AGENT_TOKEN", "a"))
            .withCaFile(authority)
            .withHeader("X-Team", "blue");
  }

  private String of(DeploymentSettings settings) {
    return fingerprint.of(settings).orElseThrow();
  }

  @Test
  void isTheSameForTheSameWay() {
    assertThat(of(settings)).isEqualTo(of(settings));
    var other = Map.of("HTTPS_PROXY", "http://p:1", "CODER_AGENT_TOKEN", "b", "GIT_DIR", "x");
    assertThat(of(settings.withEnvironment(other))).isEqualTo(of(settings));
  }

  @Test
  void differsWithEachPartOfTheWay() throws Exception {
    var ways =
        List.of(
            settings,
            settings.withHeader("X-Team", "red"),
            settings.withHeader("X-Floor", "1"),
            settings.withUserAgent("other"),
            settings.withCaFile(Files.writeString(folder.resolve("other.pem"), "one")),
            settings.withEnvironment(Map.of("HTTPS_PROXY", "http://p:2")),
            settings.withEnvironment(Map.of("https_proxy", "http://p:1")),
            settings.withEnvironment(Map.of("NO_PROXY", "*")),
            settings.withEnvironment(Map.of("SSL_CERT_FILE", authority.toString())),
            DeploymentSettings.of(URI.create("https://coder.example.com")),
            DeploymentSettings.of(URI.create("https://coder.example.com:444")),
            DeploymentSettings.of(URI.create("http://coder.example.com")));
    var seen = new HashSet<String>();
    for (var way : ways) assertThat(seen.add(of(way))).as(way.toString()).isTrue();
  }

  @Test
  void differsWhenAnAuthorityIsReplacedByAnotherOfTheSameSizeAndTime() throws Exception {
    var before = of(settings);
    var time = Files.getLastModifiedTime(authority);
    var other = Files.writeString(folder.resolve("new"), "two");
    Files.setLastModifiedTime(other, time);
    Files.move(other, authority, StandardCopyOption.ATOMIC_MOVE);
    assertThat(of(settings)).isNotEqualTo(before);
    Files.delete(authority);
    assertThat(of(settings)).isNotEqualTo(before);
  }

  @Test
  void isNoneWhereAKeyOrAFolderWouldBeKept() {
    assertThat(fingerprint.of(settings.withClientCertificate(authority, authority))).isEmpty();
    var folders = settings.withEnvironment(Map.of("SSL_CERT_DIR", folder.toString()));
    assertThat(fingerprint.of(folders)).isEmpty();
  }

  @Test
  void isAnotherInEachProcessAndShowsNoSecret() {
    assertThat(Fingerprint.random().of(settings).orElseThrow()).isNotEqualTo(of(settings));
    assertThat(of(settings)).matches("[0-9a-f]{64}");
  }

  @Test
  void keepsTheVariablesOfTheRouteAlone() {
    var environment =
        Map.of("CODER_AGENT_TOKEN", "secret", "no_proxy", "a", "SSL_CERT_FILE", "/b", "HOME", "/h");
    assertThat(Fingerprint.ofRoute(environment)).containsOnlyKeys("no_proxy", "SSL_CERT_FILE");
  }
}
