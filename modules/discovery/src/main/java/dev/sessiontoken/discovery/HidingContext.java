package dev.sessiontoken.discovery;

import dev.sessiontoken.spi.Deadline;
import dev.sessiontoken.spi.ProviderContext;
import dev.sessiontoken.spi.SessionToken;
import dev.sessiontoken.spi.SessionTokenException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Another context, which keeps secrets out of what a provider says.
 *
 * @param context whose it is
 * @param secrets the values of the provider's secret options
 */
record HidingContext(ProviderContext context, List<String> secrets) implements ProviderContext {
  /** Hiding shorter ones would only make other words unreadable. */
  private static final int SHORTEST = 4;

  String hide(String text) {
    String shown = text;
    for (String secret : secrets) {
      if (secret.length() >= SHORTEST) shown = shown.replace(secret, "[secret]");
    }
    return shown;
  }

  @Override
  public URI deployment() {
    return context.deployment();
  }

  @Override
  public Optional<String> option(String name) {
    return context.option(name);
  }

  @Override
  public Deadline deadline() {
    return context.deadline();
  }

  @Override
  public void step(String what) {
    context.step(hide(what));
  }

  @Override
  public SessionToken exchange(String endpoint, Map<String, String> evidence)
      throws SessionTokenException, InterruptedException {
    return context.exchange(endpoint, evidence);
  }

  /** Leaves the secrets out. */
  @Override
  public String toString() {
    return "HidingContext[" + context + "]";
  }
}
