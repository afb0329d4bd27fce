package dev.sessiontoken.discovery;

import dev.sessiontoken.spi.ProviderContext;
import dev.sessiontoken.spi.SessionToken;
import dev.sessiontoken.spi.SessionTokenException;
import dev.sessiontoken.spi.SessionTokenProvider;
import java.util.Map;
import java.util.Optional;

/**
 * A provider with the values of its options, so that none are left to be set.
 *
 * @param provider the provider as it was found
 * @param values of its options, by name; defaults count where there is none
 */
record BoundProvider(SessionTokenProvider provider, Map<String, String> values)
    implements SessionTokenProvider {

  /** Copies the map. */
  BoundProvider {
    values = Map.copyOf(values);
  }

  @Override
  public String name() {
    return provider.name();
  }

  @Override
  public boolean renews() {
    return provider.renews();
  }

  @Override
  public Optional<String> lacks(ProviderContext context) {
    return provider.lacks(own(context));
  }

  @Override
  public SessionToken obtain(ProviderContext context)
      throws SessionTokenException, InterruptedException {
    DeclaredOptions.check(provider, this::value, ProviderChain.SET_OPTION);
    return provider.obtain(own(context));
  }

  private ProviderContext own(ProviderContext context) {
    return LinkContext.of(context, provider, this::value);
  }

  private Optional<String> value(String name) {
    return DeclaredOptions.value(provider, name, Optional.ofNullable(values.get(name)));
  }

  /** Leaves the values out: some are secrets. */
  @Override
  public String toString() {
    return "BoundProvider[" + provider.name() + ", options=" + values.keySet() + "]";
  }
}
