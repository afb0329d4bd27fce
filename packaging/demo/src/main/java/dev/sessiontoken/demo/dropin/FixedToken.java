package dev.sessiontoken.demo.dropin;

import dev.sessiontoken.spi.ProviderContext;
import dev.sessiontoken.spi.ProviderOption;
import dev.sessiontoken.spi.SessionToken;
import dev.sessiontoken.spi.SessionTokenException.NotConfigured;
import dev.sessiontoken.spi.SessionTokenProvider;
import java.util.List;

/**
 * Smallest possible provider, for measuring the cost of a dropped-in jar in {@code ./dev bench}.
 */
public final class FixedToken implements SessionTokenProvider {
  @Override
  public String name() {
    return "fixed";
  }

  @Override
  public List<ProviderOption> options() {
    return List.of(ProviderOption.secret("value", "FIXED_TOKEN", "the token"));
  }

  @Override
  public SessionToken obtain(ProviderContext context) throws NotConfigured {
    return SessionToken.of(context.option("value").orElse("none"));
  }
}
