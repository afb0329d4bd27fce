package com.example.vault;

import dev.sessiontoken.spi.ProviderContext;
import dev.sessiontoken.spi.SessionTokenProvider;
import dev.sessiontoken.testkit.FixedContext;
import dev.sessiontoken.testkit.ProviderContractTest;
import dev.sessiontoken.testkit.Situation;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

class VaultAppRoleContractTest extends ProviderContractTest {
  private final FakeVault vault = FakeVault.holding("token-of-the-agent");

  @AfterEach
  void stop() {
    vault.close();
  }

  private ProviderContext with(String option, String value) {
    var options = new HashMap<>(vault.options());
    options.put(option, value);
    return new FixedContext(options);
  }

  @Override
  protected SessionTokenProvider provider() {
    return new VaultAppRole();
  }

  @Override
  protected ProviderContext works() {
    return new FixedContext(vault.options());
  }

  @Override
  protected Situation notConfigured() {
    return Situation.in(new FixedContext(Map.of()));
  }

  @Override
  protected Situation refused() {
    return Situation.in(with("secret-id", "another-secret-altogether"));
  }

  @Override
  protected Situation silent() {
    return Situation.in(with("vault-path", "secret/data/slow"));
  }
}
