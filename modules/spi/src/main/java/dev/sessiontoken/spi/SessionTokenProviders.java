package dev.sessiontoken.spi;

import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * The providers of this runtime. The only place that asks {@link ServiceLoader}.
 *
 * <p>Nothing is kept between calls: each looks anew, with the loader of the calling thread's
 * context.
 */
public final class SessionTokenProviders {
  private SessionTokenProviders() {}

  /** All that are installed, in no particular order. Never null. */
  public static List<SessionTokenProvider> all() {
    return ServiceLoader.load(SessionTokenProvider.class).stream()
        .map(ServiceLoader.Provider::get)
        .toList();
  }

  /**
   * The provider of that name.
   *
   * @param name as {@code --auth} takes it, case-sensitive
   * @return the provider, empty if none has the name
   * @throws SessionTokenException.NotConfigured if two have it; the message names both origins
   */
  public static Optional<SessionTokenProvider> named(String name)
      throws SessionTokenException.NotConfigured {
    SessionTokenProvider found = null;
    for (var provider : ServiceLoader.load(SessionTokenProvider.class)) {
      if (!provider.name().equals(name)) continue;
      if (found != null) throw ambiguous(name, found, provider);
      found = provider;
    }
    return Optional.ofNullable(found);
  }

  /**
   * Where a provider comes from: its module and the place that was read from, or only the place if
   * it is in no named module.
   */
  public static String origin(SessionTokenProvider provider) {
    var type = provider.getClass();
    var source = type.getProtectionDomain().getCodeSource();
    String place =
        source == null || source.getLocation() == null
            ? "an unknown place"
            : source.getLocation().toString();
    return type.getModule().isNamed() ? type.getModule().getName() + " in " + place : place;
  }

  private static SessionTokenException.NotConfigured ambiguous(
      String name, SessionTokenProvider one, SessionTokenProvider other) {
    return new SessionTokenException.NotConfigured(
        "look up the provider " + name,
        "two are installed: " + origin(one) + " and " + origin(other),
        "remove one of them",
        null);
  }
}
