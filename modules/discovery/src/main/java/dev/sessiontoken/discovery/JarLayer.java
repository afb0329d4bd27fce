package dev.sessiontoken.discovery;

import dev.sessiontoken.spi.SessionTokenProvider;
import java.lang.module.FindException;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.lang.module.ResolutionException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The providers of one installation, loaded in a module layer of their own. */
final class JarLayer {
  private static final int MAX_LENGTH = 300;

  private JarLayer() {}

  /**
   * Loads them. Runs code of theirs: constructors and what they say of themselves.
   *
   * @throws UnusableJarException if one cannot be loaded or breaks the rules
   */
  static Installation open(Path place) throws UnusableJarException {
    var jars = JarFolder.jars(place);
    try {
      var layer = layer(jars);
      var providers = new ArrayList<SessionTokenProvider>();
      for (var provider : SessionTokenProviders.in(layer)) {
        providers.add(GuardedProvider.of(provider, place));
      }
      if (providers.isEmpty()) throw new UnusableJarException("it holds no provider");
      return new Installation(
          place, version(providers.getFirst(), jars), providers, Optional.empty());
    } catch (FindException | ResolutionException | LayerInstantiationException e) {
      throw new UnusableJarException(words(e));
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

  private static String version(SessionTokenProvider first, List<Path> jars) {
    var provider = ((GuardedProvider) first).provider();
    var module = provider.getClass().getModule();
    var stated = module.getDescriptor().rawVersion();
    if (stated.isPresent()) return stated.get();
    return jars.stream()
        .map(JarContents::version)
        .filter(version -> !version.isEmpty())
        .findFirst()
        .orElse("");
  }

  /** What went wrong, from the innermost cause, which is the one that says it. */
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
    var said = innermost.getMessage();
    boolean isOurs = innermost instanceof FindException || innermost instanceof ResolutionException;
    String words =
        isOurs && said != null
            ? said
            : innermost.getClass().getName() + (said == null ? "" : ": " + said);
    return words.length() > MAX_LENGTH ? words.substring(0, MAX_LENGTH) : words;
  }
}
