package com.example.vault;

import dev.sessiontoken.spi.ProviderContext;
import dev.sessiontoken.spi.ProviderOption;
import dev.sessiontoken.spi.SessionToken;
import dev.sessiontoken.spi.SessionTokenException;
import dev.sessiontoken.spi.SessionTokenException.BadAnswer;
import dev.sessiontoken.spi.SessionTokenException.NotConfigured;
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
      ProviderOption.plain("vault-addr", "VAULT_ADDR", "URL of the Vault server");
  private static final ProviderOption ROLE =
      ProviderOption.plain("role-id", "VAULT_ROLE_ID", "the role to log in with");
  private static final ProviderOption SECRET =
      ProviderOption.secret("secret-id", "VAULT_SECRET_ID", "the role's secret");
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
    var login = Map.of("role_id", given(context, ROLE), "secret_id", given(context, SECRET));
    String field = chosen(context, FIELD);
    try (var vault = new Vault(given(context, ADDRESS), context)) {
      String pass = vault.post("auth/approle/login", login).text("auth", "client_token");
      String token = vault.get(chosen(context, PATH), pass).text("data", "data", field);
      if (SessionToken.isSane(token)) return SessionToken.of(token);
      throw new BadAnswer("read the agent's token", "it is none", "look at it in Vault", null);
    }
  }

  private static String given(ProviderContext context, ProviderOption option)
      throws NotConfigured {
    String value = context.option(option.name()).orElse("");
    if (!value.isEmpty()) return value;
    throw new NotConfigured(
        "log in to Vault",
        option.name() + " is not given",
        "set " + option.variable() + " or give --auth-option " + option.name() + "=…",
        null);
  }

  private static String chosen(ProviderContext context, ProviderOption option) {
    return context.option(option.name()).or(option::defaultValue).orElseThrow();
  }
}
