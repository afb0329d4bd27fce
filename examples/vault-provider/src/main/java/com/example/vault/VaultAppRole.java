package com.example.vault;

import dev.sessiontoken.spi.ProviderContext;
import dev.sessiontoken.spi.ProviderOption;
import dev.sessiontoken.spi.SessionToken;
import dev.sessiontoken.spi.SessionTokenException;
import dev.sessiontoken.spi.SessionTokenProvider;
import java.util.List;
import java.util.Map;

/**
 * Logs in to Vault by AppRole and reads the agent's token from the KV engine, version 2. Paths and
 * fields are those of Vault's API documentation, "AppRole auth method" and "KV secrets engine -
 * version 2".
 */
public final class VaultAppRole implements SessionTokenProvider {
  private static final ProviderOption ADDRESS =
      ProviderOption.plain("vault-addr", "VAULT_ADDR", "URL of the Vault server").asRequired();
  private static final ProviderOption ROLE =
      ProviderOption.plain("role-id", "VAULT_ROLE_ID", "the role to log in with")
          .asRequired();
  private static final ProviderOption SECRET =
      ProviderOption.secret("secret-id", "VAULT_SECRET_ID", "the role's secret").asRequired();
  private static final ProviderOption PATH =
      ProviderOption.plain("vault-path", "VAULT_TOKEN_PATH", "where the agent's token lies")
          .withDefault("secret/data/coder-agent");
  private static final ProviderOption FIELD =
      ProviderOption.plain("vault-field", "VAULT_TOKEN_FIELD", "what its field is called")
          .withDefault("token");

  @Override
  public String name() {
    return "vault-approle";
  }

  @Override
  public List<ProviderOption> options() {
    return List.of(ADDRESS, ROLE, SECRET, PATH, FIELD);
  }

  @Override
  public SessionToken obtain(ProviderContext context)
      throws SessionTokenException, InterruptedException {
    var login =
        Map.of("role_id", value(context, ROLE), "secret_id", value(context, SECRET));
    var vault = new Vault(value(context, ADDRESS), context);
    String pass = vault.post("auth/approle/login", login).text("auth", "client_token");
    var secret = vault.get(value(context, PATH), pass);
    return secret.answer().token(secret.text("data", "data", value(context, FIELD)));
  }

  /** Returns a value: a provider is not called without one of an option that is required. */
  private static String value(ProviderContext context, ProviderOption option) {
    return context.option(option.name()).orElseThrow();
  }
}
