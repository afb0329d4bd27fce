package dev.sessiontoken.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.sessiontoken.spi.Deadline;
import dev.sessiontoken.spi.SessionTokenException;
import dev.sessiontoken.testkit.tls.CertificateForm;
import dev.sessiontoken.testkit.tls.KeyedCertificate;
import dev.sessiontoken.testkit.tls.PemText;
import dev.sessiontoken.testkit.tls.TlsServer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** TLS with X25519 in the first attempt, and with other groups after it. */
@Timeout(60)
class QuickTlsTest {
  private static final Call CALL = Call.get("/", Map.of());

  private final KeyedCertificate root = KeyedCertificate.root("Root");
  private final KeyedCertificate server = root.issue(CertificateForm.server("localhost"));

  @TempDir Path folder;

  private static void speaks(SSLServerSocket socket, String group) {
    var parameters = socket.getSSLParameters();
    parameters.setNamedGroups(new String[] {group});
    socket.setSSLParameters(parameters);
  }

  /** Records the phases that ended. */
  private static final class Ended implements Trace {
    private final List<String> phases = new CopyOnWriteArrayList<>();

    @Override
    public void tell(String event) {}

    @Override
    public void ended(String phase) {
      phases.add(phase);
    }
  }

  /** Phases of a call to a server that supports one group. */
  private List<String> phases(String group, Path authority) throws Exception {
    var ended = new Ended();
    try (var running = new TlsServer(socket -> speaks(socket, group), server)) {
      var url = URI.create("https://localhost:" + running.port());
      var settings = DeploymentSettings.of(url).withCaFile(authority).withTrace(ended);
      try (var client = new DeploymentClient(settings.withPause(wait -> {}))) {
        assertThatThrownBy( // the server answers no HTTP
                () -> client.send(CALL, Optional.empty(), Deadline.in(Duration.ofSeconds(30))))
            .isInstanceOf(SessionTokenException.class);
      }
    }
    return ended.phases;
  }

  @Test
  void reportsTheEndOfTheHandshakeOnce() throws Exception {
    var authority = Files.writeString(folder.resolve("root.pem"), PemText.certificates(root));
    assertThat(phases("x25519", authority)).containsExactly("connection");
  }

  @Test
  void reportsNothingWithoutAHandshake() throws Exception {
    var otherAuthority =
        Files.writeString(
            folder.resolve("other.pem"), PemText.certificates(KeyedCertificate.root("Other")));
    assertThat(phases("x25519", otherAuthority)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"x25519", "secp256r1", "secp384r1", "x448"})
  void connectsToServersOfEachGroup(String group) throws Exception {
    var authority = Files.writeString(folder.resolve("root.pem"), PemText.certificates(root));
    try (var running = new TlsServer(socket -> speaks(socket, group), server)) {
      var url = URI.create("https://localhost:" + running.port());
      var settings = DeploymentSettings.of(url).withCaFile(authority);
      try (var client = new DeploymentClient(settings.withPause(wait -> {}))) {
        var failure = // the server answers no HTTP
            catchThrowable(
                () -> client.send(CALL, Optional.empty(), Deadline.in(Duration.ofSeconds(30))));
        assertThat(failure).isInstanceOf(SessionTokenException.class);
        assertThat(running.greeted()).as(failure.toString()).isPositive();
      }
    }
  }
}
