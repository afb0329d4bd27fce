package dev.sessiontoken.discovery;

import dev.sessiontoken.spi.Deadline;
import dev.sessiontoken.spi.ProviderContext;
import dev.sessiontoken.spi.Secrets;
import dev.sessiontoken.spi.ServiceHttp;
import dev.sessiontoken.spi.SessionToken;
import dev.sessiontoken.spi.SessionTokenException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * Passes every call on to another context, with secrets replaced in what a provider reports and
 * tells.
 *
 * @param context the other context
 * @param secrets the values of the provider's secret options
 */
record HidingContext(ProviderContext context, Secrets secrets) implements ProviderContext {

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
    context.step(secrets.hide(what));
  }

  @Override
  public void tell(String line) {
    context.tell(secrets.hide(line));
  }

  @Override
  public ServiceHttp http() {
    return context.http();
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
