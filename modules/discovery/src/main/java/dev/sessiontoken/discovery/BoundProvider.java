package dev.sessiontoken.discovery;

import dev.sessiontoken.spi.ProviderContext;
import dev.sessiontoken.spi.ProviderOption;
import dev.sessiontoken.spi.SessionToken;
import dev.sessiontoken.spi.SessionTokenException;
import dev.sessiontoken.spi.SessionTokenException.NotConfigured;
import dev.sessiontoken.spi.SessionTokenProvider;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A provider with the values of its options, so that none are left to be set. Defaults count where
 * no value is given.
 *
 * @param provider the provider as it was found
 * @param values of its options, by name
 */
record BoundProvider(SessionTokenProvider provider, Map<String, String> values)
    implements SessionTokenProvider {

  static BoundProvider of(SessionTokenProvider provider, Map<String, String> given) {
    var values = new HashMap<String, String>();
    for (var option : provider.options()) {
      option.defaultValue().ifPresent(value -> values.put(option.name(), value));
    }
    values.putAll(given);
    return new BoundProvider(provider, Map.copyOf(values));
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
    return provider.lacks(new BoundContext(context, values));
  }

  @Override
  public SessionToken obtain(ProviderContext context)
      throws SessionTokenException, InterruptedException {
    var bound = new BoundContext(context, values);
    checkComplete(provider, bound);
    return provider.obtain(bound);
  }

  /** Checks that each option that a provider requires has a value. */
  static void checkComplete(SessionTokenProvider provider, ProviderContext context)
      throws NotConfigured {
    List<String> missing =
        provider.options().stream()
            .filter(ProviderOption::required)
            .filter(option -> context.option(option.name()).orElse("").isEmpty())
            .map(option -> option.name() + " (" + option.variable() + ")")
            .toList();
    if (missing.isEmpty()) return;
    throw new NotConfigured(
        "set up the provider " + SessionTokenProviders.described(provider),
        "it lacks " + String.join(", ", missing),
        "set the option or the variable",
        null);
  }

  /** Leaves the values out: some are secrets. */
  @Override
  public String toString() {
    return "BoundProvider[" + provider.name() + ", options=" + values.keySet() + "]";
  }
}
