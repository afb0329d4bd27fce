package dev.sessiontoken.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sessiontoken.spi.SessionTokenException.Rejected;
import dev.sessiontoken.testkit.SeenRequest;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls that the deployment answers by 401. */
class UnauthorizedTest extends ClientTest {
  private static final String STALE = UUID.randomUUID().toString();

  @Test
  void aFixedTokenIsTriedOnce() {
    var tokens = Tokens.fixed(STALE);
    assertThatThrownBy(() -> client(tokens).externalAuth(ExternalAuthQuery.id("github"), soon()))
        .isInstanceOf(Rejected.class)
        .hasMessageContaining("HTTP 401: Workspace agent not authorized. The agent cannot");
    assertThat(coder.requests()).hasSize(1);
    assertThat(tokens.calls()).isEqualTo(1);
  }

  @Test
  void aRenewableTokenIsObtainedAndTriedOnceMore() throws Exception {
    var tokens = Tokens.renewing(STALE, coder.agentToken());
    assertThat(client(tokens).externalAuth(ExternalAuthQuery.id("github"), soon()))
        .isInstanceOf(ExternalAuth.Linked.class);
    assertThat(coder.requests())
        .extracting(SeenRequest::sessionToken)
        .containsExactly(Optional.of(STALE), Optional.of(coder.agentToken()));
  }

  @Test
  void aRenewableTokenIsTriedTwiceAtMost() {
    var tokens = Tokens.renewing(STALE, UUID.randomUUID().toString(), coder.agentToken());
    assertThatThrownBy(() -> client(tokens).externalAuth(ExternalAuthQuery.id("github"), soon()))
        .isInstanceOf(Rejected.class);
    assertThat(coder.requests()).hasSize(2);
    assertThat(tokens.calls()).isEqualTo(2);
  }

  @Test
  void theTokenThatWorkedIsKept() throws Exception {
    var tokens = Tokens.renewing(STALE, coder.agentToken());
    var client = client(tokens);
    client.externalAuth(ExternalAuthQuery.id("github"), soon());
    client.externalAuth(ExternalAuthQuery.url("github.com"), soon());
    assertThat(tokens.calls()).isEqualTo(2);
    assertThat(coder.requests()).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"no-uuid", "x"})
  void hasTheMessageOfTheDeployment(String token) {
    assertThatThrownBy(
            () -> client(Tokens.fixed(token)).externalAuth(ExternalAuthQuery.id("github"), soon()))
        .isInstanceOf(Rejected.class)
        .hasMessageEndingWith(
            "HTTP 401: Workspace agent token invalid. An agent token must be a valid UUIDv4. (len "
                + token.length()
                + ")");
  }

  @Test
  void hasAHint() {
    assertThatThrownBy(
            () -> client(Tokens.fixed(STALE)).externalAuth(ExternalAuthQuery.id("github"), soon()))
        .extracting(e -> ((Rejected) e).hint())
        .asString()
        .contains("current build");
  }
}
