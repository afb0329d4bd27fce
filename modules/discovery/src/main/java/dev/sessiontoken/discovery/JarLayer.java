package dev.sessiontoken.discovery;

import dev.sessiontoken.spi.SessionTokenProvider;
import java.lang.module.FindException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.lang.module.ResolutionException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Loads the providers of one installation, in a module layer of their own. */
final class JarLayer {
  static final String NONE = "it holds no provider";

  private JarLayer() {}

  /**
   * Loads every provider of the jars and asks what it is. Runs code of the jars.
   *
   * @throws UnusableJarException if a provider cannot be loaded or breaks the rules
   */
  static List<ProviderDescription> describe(Path place, List<Path> jars)
      throws UnusableJarException {
    var found = new ArrayList<ProviderDescription>();
    for (var each : providers(jars)) {
      var provider = create(each, place);
      found.add(
          new ProviderDescription(provider.name(), each.type().getName(), provider.options()));
    }
    if (found.isEmpty()) throw new UnusableJarException(NONE);
    return found;
  }

  /**
   * Loads one provider of the jars. Runs code of its class, of no other provider.
   *
   * @throws UnusableJarException if it cannot be loaded, breaks the rules, or is not as described
   */
  static GuardedProvider load(ProviderDescription wanted, Path place, List<Path> jars)
      throws UnusableJarException {
    for (var each : providers(jars)) {
      if (!each.type().getName().equals(wanted.type())) continue;
      var provider = create(each, place);
      if (provider.name().equals(wanted.name())) return provider;
      throw new UnusableJarException(
          wanted.type()
              + " is listed as "
              + wanted.name()
              + ", but its name is "
              + provider.name());
    }
    throw new UnusableJarException(
        wanted.name() + " is listed with " + wanted.type() + ", which is no provider in it");
  }

  private static List<ServiceLoader.Provider<SessionTokenProvider>> providers(List<Path> jars)
      throws UnusableJarException {
    try {
      return SessionTokenProviders.in(layer(jars));
    } catch (FindException | ResolutionException | LayerInstantiationException e) {
      throw new UnusableJarException(words(e));
    } catch (ServiceConfigurationError | LinkageError e) {
      throw new UnusableJarException(words(e));
    }
  }

  private static GuardedProvider create(
      ServiceLoader.Provider<SessionTokenProvider> found, Path place) throws UnusableJarException {
    try {
      return GuardedProvider.of(found.get(), place);
    } catch (ServiceConfigurationError | LinkageError e) {
      throw new UnusableJarException(words(e));
    }
  }

  private static ModuleLayer layer(List<Path> jars) {
    var finder = ModuleFinder.of(jars.toArray(Path[]::new));
    var names =
        finder.findAll().stream()
            .map(ModuleReference::descriptor)
            .map(each -> each.name())
            .collect(Collectors.toSet());
    var boot = ModuleLayer.boot();
    var configuration = boot.configuration().resolve(finder, ModuleFinder.of(), names);
    return boot.defineModulesWithOneLoader(configuration, JarLayer.class.getClassLoader());
  }

  /** Returns the version of an installation: see {@link Installation#version}. */
  static String version(Installation installation) {
    if (installation.providers().isEmpty()) return "";
    var type = installation.providers().getFirst().type();
    try {
      var jars = JarFolder.ofThisSystem().jars(installation.place());
      var modules = ModuleFinder.of(jars.toArray(Path[]::new)).findAll().stream();
      var ofModule =
          modules
              .map(ModuleReference::descriptor)
              .filter(each -> provides(each, type))
              .flatMap(each -> each.rawVersion().stream());
      var ofManifests = jars.stream().map(JarContents::version).filter(each -> !each.isEmpty());
      return Stream.concat(ofModule, ofManifests).findFirst().orElse("");
    } catch (UnusableJarException | FindException e) {
      return "";
    }
  }

  private static boolean provides(ModuleDescriptor module, String type) {
    return module.provides().stream().anyMatch(each -> each.providers().contains(type));
  }

  /** Returns what went wrong, in the words of the innermost cause, which knows most. */
  static String words(Throwable failure) {
    var causes =
        Stream.iterate(failure, each -> each != null, Throwable::getCause).limit(20).toList();
    for (var cause : causes) {
      boolean isNewer =
          cause instanceof UnsupportedClassVersionError
              || String.valueOf(cause.getMessage()).contains("Unsupported major.minor version");
      if (isNewer) return "it is compiled for a newer Java than " + Runtime.version().feature();
    }
    var innermost = causes.getLast();
    var message = innermost.getMessage();
    boolean isOfModules =
        innermost instanceof FindException || innermost instanceof ResolutionException;
    if (isOfModules && message != null) return message;
    return innermost.getClass().getName() + (message == null ? "" : ": " + message);
  }
}
