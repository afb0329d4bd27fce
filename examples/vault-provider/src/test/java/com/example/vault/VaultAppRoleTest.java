package com.example.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sessiontoken.spi.SessionToken;
import dev.sessiontoken.spi.SessionTokenException.BadAnswer;
import dev.sessiontoken.spi.SessionTokenException.NotConfigured;
import dev.sessiontoken.spi.SessionTokenException.Unreachable;
import dev.sessiontoken.testkit.FixedContext;
import dev.sessiontoken.testkit.ProviderCalls;
import java.util.HashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class VaultAppRoleTest {
  private final FakeVault vault = FakeVault.holding("token-of-the-agent");

  @AfterEach
  void stop() {
    vault.close();
  }

  private SessionToken obtain(String option, String value) throws Exception {
    var options = new HashMap<>(vault.options());
    options.put(option, value);
    return ProviderCalls.obtain(new VaultAppRole(), new FixedContext(options));
  }

  @Test
  void readsTheTokenWithTheClientTokenOfTheLogin() throws Exception {
    assertThat(obtain("vault-field", "token")).isEqualTo(SessionToken.of("token-of-the-agent"));
  }

  @Test
  void namesTheVariableThatIsMissing() {
    assertThatThrownBy(() -> obtain("role-id", ""))
        .isInstanceOf(NotConfigured.class)
        .hasMessageEndingWith("it lacks role-id (VAULT_ROLE_ID)");
  }

  @Test
  void saysThatTheSecretIsNotThere() {
    assertThatThrownBy(() -> obtain("vault-path", "secret/data/nothing"))
        .isInstanceOf(NotConfigured.class);
    assertThatThrownBy(() -> obtain("vault-field", "password"))
        .isInstanceOf(BadAnswer.class)
        .hasMessageEndingWith("no text in the field data.data.password");
  }

  @Test
  void saysThatVaultIsSealed() {
    assertThatThrownBy(() -> obtain("vault-path", "secret/data/sealed"))
        .isInstanceOf(Unreachable.class)
        .hasMessageEndingWith("HTTP 503: {}");
  }

  @Test
  void refusesAnHtmlPage() {
    assertThatThrownBy(() -> obtain("vault-path", "secret/data/html"))
        .isInstanceOf(BadAnswer.class)
        .hasMessageEndingWith("no JSON object")
        .hasNoCause();
  }

  @Test
  void speaksTls() throws Exception {
    try (var secure = FakeVault.secure("token-of-the-agent")) {
      var token = ProviderCalls.obtain(new VaultAppRole(), new FixedContext(secure.options()));
      assertThat(token).isEqualTo(SessionToken.of("token-of-the-agent"));
    }
  }

  @Test
  void refusesAnAddressThatIsNoUrl() {
    assertThatThrownBy(() -> obtain("vault-addr", "vault.example.com"))
        .isInstanceOf(NotConfigured.class);
  }
}
