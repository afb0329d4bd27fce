package dev.sessiontoken.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sessiontoken.spi.Deadline;
import dev.sessiontoken.spi.SessionTokenException.BadAnswer;
import dev.sessiontoken.spi.SessionTokenException.Rejected;
import dev.sessiontoken.spi.SessionTokenException.Unreachable;
import dev.sessiontoken.testkit.FakeCoder;
import dev.sessiontoken.testkit.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls of the git commands: waiting for a login, the SSH key, the list of providers. */
class GitCallsTest extends ClientTest {

  @Nested
  class WaitingForALogin {

    @Test
    void endsWhenTheUserHasLoggedIn() throws Exception {
      var client = client();
      var call =
          new FutureTask<>(
              () -> client.awaitExternalAuth(ExternalAuthQuery.url("https://gitlab.com"), soon()));
      Thread.ofPlatform().start(call);
      coder.awaitRequests(1);
      assertThat(call.isDone()).isFalse();
      coder.link("gitlab", "glpat");
      assertThat(((ExternalAuth.Linked) call.get()).password()).isEqualTo("glpat");
      assertThat(coder.requests().getFirst().query())
          .containsEntry("listen", "true")
          .containsEntry("match", "https://gitlab.com")
          .containsEntry("id", "");
    }

    @Test
    void sendsOneRequest() {
      coder.faultAlways(Fault.html(502));
      assertThatThrownBy(() -> client().awaitExternalAuth(ExternalAuthQuery.id("gitlab"), soon()))
          .isInstanceOf(Unreachable.class);
      assertThat(coder.requests()).hasSize(1);
    }

    @Test
    void endsAtTheDeadline() {
      assertThatThrownBy(() ->
              client()
                  .awaitExternalAuth(
                      ExternalAuthQuery.id("gitlab"), Deadline.in(Duration.ofMillis(50))))
          .isInstanceOf(Unreachable.class)
          .hasMessageContaining("time limit reached");
    }
  }

  @Nested
  class TheKey {

    @Test
    void isReturnedAsTheDeploymentStoresIt() throws Exception {
      assertThat(client().gitSshKey(soon()))
          .isEqualTo(new GitSshKey(coder.sshKey().publicKey(), coder.sshKey().privateKey()));
    }

    @Test
    void doesNotPrintItsPrivateHalf() throws Exception {
      assertThat(client().gitSshKey(soon()).toString()).doesNotContain("PRIVATE");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "{}",
          "{\"public_key\":\"a\\nb\",\"private_key\":\"-----BEGIN X-----\"}",
          "{\"public_key\":\"ssh-rsa AAAA\",\"private_key\":\"\"}",
          "{\"public_key\":1,\"private_key\":null}"
        })
    void mustHaveTheFormOfAKey(String body) {
      coder.fault(Fault.json(200, body));
      assertThatThrownBy(() -> client().gitSshKey(soon())).isInstanceOf(BadAnswer.class);
    }
  }

  @Nested
  class TheList {

    @Test
    void hasTheProvidersWithAPattern() throws Exception {
      assertThat(client().providers(soon()))
          .containsExactly(
              new ProviderPattern("github", "github\\.com"),
              new ProviderPattern("slack", "slack\\.com"),
              new ProviderPattern("gitlab", "gitlab\\.com"));
    }

    @Test
    void isEmptyWithoutProviders() throws Exception {
      coder.fault(
          Fault.json(404, "{\"message\":\"m\",\"detail\":\"External auth provider not found.\"}"));
      assertThat(client().providers(soon())).isEqualTo(List.of());
    }

    @Test
    void isRefusedIfTheDeploymentDoesNotReturnIt() {
      coder.configure(
          new FakeCoder.Integration("all", "x", ".*", Optional.of("t"), Optional.empty()));
      assertThatThrownBy(() -> client().providers(soon()))
          .isInstanceOf(Rejected.class)
          .hasMessageContaining("cannot be listed with an agent token");
    }
  }
}
