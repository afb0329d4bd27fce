package dev.sessiontoken.discovery;

import dev.sessiontoken.spi.Deadline;
import dev.sessiontoken.spi.ProviderContext;
import dev.sessiontoken.spi.SessionToken;
import dev.sessiontoken.spi.SessionTokenException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * Passes every call on to another context, but has values of options of its own.
 *
 * @param context the other context
 * @param values of the options, by name
 */
record BoundContext(ProviderContext context, Map<String, String> values)
    implements ProviderContext {

  @Override
  public URI deployment() {
    return context.deployment();
  }

  @Override
  public Optional<String> option(String name) {
    return Optional.ofNullable(values.get(name));
  }

  @Override
  public Deadline deadline() {
    return context.deadline();
  }

  @Override
  public void step(String what) {
    context.step(what);
  }

  @Override
  public SessionToken exchange(String endpoint, Map<String, String> evidence)
      throws SessionTokenException, InterruptedException {
    return context.exchange(endpoint, evidence);
  }

  /** Leaves the values out: some are secrets. */
  @Override
  public String toString() {
    return "BoundContext[" + context + ", options=" + values.keySet() + "]";
  }
}
