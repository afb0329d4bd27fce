package dev.sessiontoken.discovery;

import dev.sessiontoken.spi.SessionTokenException;
import dev.sessiontoken.spi.SessionTokenProvider;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/**
 * The providers that are linked into this program, or are on its module or class path. The only
 * class that calls {@link ServiceLoader}.
 *
 * <p>Every call looks anew, in three places: the layer of modules that holds this class, the
 * context class loader of the calling thread, and the loader of this class. The context loader
 * alone would depend on the thread: threads of the common pool do not see the jars within a Spring
 * Boot jar. A class that several places have counts once. Calls create the providers that they
 * return. Safe for any number of threads. Blocks for reading class files only.
 */
public final class SessionTokenProviders {
  private static final int MAX_BROKEN = 100;

  private SessionTokenProviders() {}

  /** Returns all providers that can be loaded, in no particular order. Never null. */
  public static List<SessionTokenProvider> all() {
    return everywhere(new ArrayList<>());
  }

  /**
   * Returns the provider of a name, which the program cannot do without.
   *
   * @param name as {@code --auth} takes it, case-sensitive
   * @return never null
   * @throws SessionTokenException.NotConfigured as {@link #named}; and if no provider has the name:
   *     the message names the artifact that brings the provider, if it is one of this project
   */
  public static SessionTokenProvider require(String name)
      throws SessionTokenException.NotConfigured {
    var found = named(name);
    if (found.isPresent()) return found.get();
    throw ProviderArtifacts.missing(name, all());
  }

  /**
   * Returns the provider of a name.
   *
   * @param name as {@code --auth} takes it, case-sensitive
   * @return empty if no provider has the name; never null
   * @throws SessionTokenException.NotConfigured if two providers have the name, and the message
   *     names the origins of both; or if none has it and some provider cannot be loaded
   */
  public static Optional<SessionTokenProvider> named(String name)
      throws SessionTokenException.NotConfigured {
    // where modules are, looking along the class path would cost 7 ms
    var linked = only(name, inOwnLayer(new ArrayList<>()));
    if (linked.isPresent()) return linked;
    var broken = new ArrayList<ServiceConfigurationError>();
    var found = only(name, everywhere(broken));
    if (found.isEmpty() && !broken.isEmpty()) throw broken(name, broken.getFirst());
    return found;
  }

  private static List<SessionTokenProvider> inOwnLayer(List<ServiceConfigurationError> broken) {
    var layer = SessionTokenProviders.class.getModule().getLayer();
    return layer == null
        ? List.of()
        : load(ServiceLoader.load(layer, SessionTokenProvider.class), broken);
  }

  private static List<SessionTokenProvider> everywhere(List<ServiceConfigurationError> broken) {
    var found = new ArrayList<>(inOwnLayer(broken));
    addOthers(load(ServiceLoader.load(SessionTokenProvider.class), broken), found);
    var own = SessionTokenProviders.class.getClassLoader();
    addOthers(load(ServiceLoader.load(SessionTokenProvider.class, own), broken), found);
    return found;
  }

  /** Compares names: a loader that looks into its own jars first has other classes of one name. */
  private static void addOthers(List<SessionTokenProvider> more, List<SessionTokenProvider> found) {
    var types = found.stream().map(each -> each.getClass().getName()).toList();
    for (var each : more) if (!types.contains(each.getClass().getName())) found.add(each);
  }

  private static Optional<SessionTokenProvider> only(
      String name, List<SessionTokenProvider> providers)
      throws SessionTokenException.NotConfigured {
    SessionTokenProvider found = null;
    for (var provider : providers) {
      if (!provider.name().equals(name)) continue;
      if (found != null) throw ambiguous(name, found, provider);
      found = provider;
    }
    return Optional.ofNullable(found);
  }

  /** Returns what the loader finds in one layer and not in its parents; creates nothing yet. */
  static List<ServiceLoader.Provider<SessionTokenProvider>> in(ModuleLayer layer) {
    return ServiceLoader.load(layer, SessionTokenProvider.class).stream()
        .filter(each -> layer.equals(each.type().getModule().getLayer()))
        .toList();
  }

  /** Returns what the calling thread's context class loader finds; creates nothing yet. */
  static List<ServiceLoader.Provider<SessionTokenProvider>> installed() {
    return ServiceLoader.load(SessionTokenProvider.class).stream().toList();
  }

  /** Loads what can be loaded: a provider that cannot be does not keep others from being used. */
  private static List<SessionTokenProvider> load(
      ServiceLoader<SessionTokenProvider> loader, List<ServiceConfigurationError> broken) {
    var providers = new ArrayList<SessionTokenProvider>();
    var all = loader.iterator();
    while (true) {
      try {
        if (!all.hasNext()) return providers;
        providers.add(all.next());
      } catch (ServiceConfigurationError e) {
        broken.add(e);
        if (broken.size() > MAX_BROKEN) return providers; // a loader that fails without end
      }
    }
  }

  private static SessionTokenException.NotConfigured broken(
      String name, ServiceConfigurationError broken) {
    return new SessionTokenException.NotConfigured(
        "look up the provider " + name,
        "none has the name, and one cannot be loaded: " + broken.getMessage(),
        "repair or remove that one",
        broken);
  }

  /**
   * Returns where a provider comes from, for messages: its module and the URL that the module was
   * read from, or the URL alone if it is in no named module; the jar or folder of a dropped-in
   * provider. Never null.
   */
  public static String origin(SessionTokenProvider provider) {
    if (provider instanceof GuardedProvider guarded) return guarded.place().toString();
    var type = provider.getClass();
    var source = type.getProtectionDomain().getCodeSource();
    String place =
        source == null || source.getLocation() == null
            ? "an unknown place"
            : source.getLocation().toString();
    return type.getModule().isNamed() ? type.getModule().getName() + " in " + place : place;
  }

  /** Returns the jar or folder that a class was loaded from, empty if it is not a file. */
  static Optional<Path> location(Class<?> type) {
    var source = type.getProtectionDomain().getCodeSource();
    if (source == null || source.getLocation() == null) return Optional.empty();
    var location = URI.create(source.getLocation().toString());
    return location.getScheme().equals("file") ? Optional.of(Path.of(location)) : Optional.empty();
  }

  /** Returns a provider's name, and its jar or folder if it was dropped in: for messages. */
  public static String described(SessionTokenProvider provider) {
    return provider instanceof GuardedProvider guarded
        ? guarded.name() + " in " + guarded.place()
        : provider.name();
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
