package dev.sessiontoken.provider.token;

import dev.sessiontoken.spi.ProviderContext;
import dev.sessiontoken.spi.ProviderOption;
import dev.sessiontoken.spi.SessionToken;
import dev.sessiontoken.spi.SessionTokenException.NotConfigured;
import dev.sessiontoken.spi.SessionTokenProvider;
import java.util.List;

/**
 * Returns the session token that {@code --agent-token} or {@code CODER_AGENT_TOKEN} gives. Asks no
 * service and never blocks. {@link #renews} is false: a second call returns the same token, so a
 * token that the deployment has refused is not tried again.
 */
public final class GivenToken implements SessionTokenProvider {
  private static final String STEP = "take the agent's token";
  private static final ProviderOption TOKEN =
      ProviderOption.secret("agent-token", "CODER_AGENT_TOKEN", "the agent's session token");

  @Override
  public String name() {
    return "token";
  }

  @Override
  public List<ProviderOption> options() {
    return List.of(TOKEN);
  }

  @Override
  public boolean renews() {
    return false;
  }

  @Override
  public SessionToken obtain(ProviderContext context) throws NotConfigured {
    String value = token(context.option(TOKEN.name()).orElse(""));
    if (value.isEmpty()) {
      throw new NotConfigured(
          STEP,
          "there is none",
          "set CODER_AGENT_TOKEN or CODER_AGENT_TOKEN_FILE, or choose another --auth",
          null);
    }
    if (!SessionToken.isSane(value)) {
      throw refused("it holds white space or characters that no token has");
    }
    return SessionToken.of(value);
  }

  private static String token(String text) throws NotConfigured {
    try {
      return SessionToken.unwrap(text, TOKEN.variable());
    } catch (IllegalArgumentException e) {
      throw refused(String.valueOf(e.getMessage()));
    }
  }

  private static NotConfigured refused(String problem) {
    return new NotConfigured(
        STEP, problem, "set CODER_AGENT_TOKEN to the token alone, without a line end", null);
  }
}
