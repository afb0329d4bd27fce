package dev.sessiontoken.provider.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sessiontoken.spi.ProviderOption;
import dev.sessiontoken.spi.SessionToken;
import dev.sessiontoken.spi.SessionTokenException.NotConfigured;
import dev.sessiontoken.testkit.FixedContext;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GivenTokenTest {
  private final GivenToken provider = new GivenToken();

  private SessionToken obtain(String value) throws NotConfigured {
    return provider.obtain(new FixedContext(Map.of("agent-token", value)));
  }

  @Test
  void returnsTheToken() throws Exception {
    assertThat(obtain("abc-1")).isEqualTo(SessionToken.of("abc-1"));
  }

  @Test
  void doesNotRenew() {
    assertThat(provider.name()).isEqualTo("token");
    assertThat(provider.renews()).isFalse();
  }

  @Test
  void declaresItsOptionAsSecret() {
    assertThat(provider.options())
        .singleElement()
        .isEqualTo(
            ProviderOption.secret("agent-token", "CODER_AGENT_TOKEN", "the agent's session token"));
  }

  @Test
  void reportsAMissingToken() {
    assertThatThrownBy(() -> provider.obtain(new FixedContext(Map.of())))
        .isInstanceOf(NotConfigured.class)
        .hasMessage("take the agent's token: there is none")
        .extracting(e -> ((NotConfigured) e).hint())
        .asString()
        .contains("CODER_AGENT_TOKEN", "CODER_AGENT_TOKEN_FILE", "--auth");
    assertThatThrownBy(() -> obtain("")).hasMessage("take the agent's token: there is none");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"s3cr3t s3cr3t", "s3cr3t\r\nCookie: a", "s3cr3té", "s3cr3t\0", "'s3 cr3t'"})
  void refusesAnInvalidTokenWithoutRepeatingIt(String value) {
    assertThatThrownBy(() -> obtain(value))
        .isInstanceOf(NotConfigured.class)
        .hasMessage("take the agent's token: it holds white space or characters that no token has")
        .hasNoCause();
  }

  @ParameterizedTest
  @ValueSource(strings = {"abc-1\n", " abc-1 ", "'abc-1'", "CODER_AGENT_TOKEN=\"abc-1\"\n"})
  void takesOffWhatStandsAroundTheToken(String value) throws Exception {
    assertThat(obtain(value)).isEqualTo(SessionToken.of("abc-1"));
  }

  @Test
  void refusesALineOfAnotherVariableWithoutRepeatingIt() {
    assertThatThrownBy(() -> obtain("GITHUB_TOKEN=s3cr3t"))
        .isInstanceOf(NotConfigured.class)
        .hasMessage("take the agent's token: it is a line NAME=VALUE of another variable")
        .hasNoCause();
    assertThatThrownBy(() -> obtain(" \n")).hasMessage("take the agent's token: there is none");
  }
}
