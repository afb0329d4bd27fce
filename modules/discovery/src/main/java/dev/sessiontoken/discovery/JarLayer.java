package dev.sessiontoken.discovery;

import dev.sessiontoken.spi.SessionTokenProvider;
import java.lang.module.Configuration;
import java.lang.module.FindException;
import java.lang.module.ResolutionException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/**
 * Loads the providers of one installation: as modules in a layer of their own, or as a class path
 * in a loader of its own, whichever {@link JarModules} finds possible.
 */
@SuppressWarnings("try") // resources are there for their end alone
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
    for (var each : providers(place, jars)) {
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
    for (var each : providers(place, jars)) {
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

  private static List<? extends ServiceLoader.Provider<SessionTokenProvider>> providers(
      Path place, List<Path> jars) throws UnusableJarException {
    try {
      return switch (new JarModules(jars).way()) {
        case JarModules.Layer modules -> SessionTokenProviders.in(layer(modules.configuration()));
        case JarModules.ClassPath path -> onClassPath(place, jars);
      };
    } catch (LayerInstantiationException | ServiceConfigurationError | LinkageError e) {
      throw new UnusableJarException(words(e), e);
    }
  }

  private static ModuleLayer layer(Configuration configuration) {
    var boot = List.of(ModuleLayer.boot());
    var loader = JarLayer.class.getClassLoader();
    var controller = ModuleLayer.defineModulesWithOneLoader(configuration, boot, loader);
    for (var each : controller.layer().modules()) allowNativeAccess(controller, each);
    return controller.layer();
  }

  /**
   * As the image allows it to class paths: the JVM would warn on standard error. By reflection: the
   * methods are new in Java 22, and this module is compiled for Java 21, which does not warn.
   */
  private static void allowNativeAccess(ModuleLayer.Controller controller, Module module) {
    try {
      var isEnabled = Module.class.getMethod("isNativeAccessEnabled");
      if (!isEnabled.invoke(JarLayer.class.getModule()).equals(true)) return;
      var enable = ModuleLayer.Controller.class.getMethod("enableNativeAccess", Module.class);
      enable.invoke(controller, module);
    } catch (NoSuchMethodException e) {
      return; // Java 21
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e); // both methods are public
    }
  }

  private static List<ProviderClass> onClassPath(Path place, List<Path> jars)
      throws UnusableJarException {
    var found = new LinkedHashMap<String, Path>();
    for (var jar : jars) {
      for (String type : JarContents.providers(jar)) {
        if (found.containsKey(type)) continue;
        checkOnce(type, jars);
        found.put(type, jar);
      }
    }
    var loader = new JarClassPath(String.valueOf(place.getFileName()), jars);
    var providers = new ArrayList<ProviderClass>();
    for (String type : found.keySet()) providers.add(ProviderClass.load(type, loader));
    return providers;
  }

  /** Two copies of a library are tolerated, as on any class path; of a provider they are not. */
  private static void checkOnce(String type, List<Path> jars) throws UnusableJarException {
    var having = jars.stream().filter(jar -> JarContents.has(jar, type)).toList();
    if (having.size() < 2) return;
    int dot = type.lastIndexOf('.');
    throw new UnusableJarException(
        having.get(0).getFileName()
            + " and "
            + having.get(1).getFileName()
            + " both hold the provider "
            + type.substring(dot + 1)
            + " of package "
            + type.substring(0, Math.max(0, dot)));
  }

  private static GuardedProvider create(
      ServiceLoader.Provider<SessionTokenProvider> found, Path place) throws UnusableJarException {
    try (var restored = ContextClassLoader.of(found.type())) {
      return GuardedProvider.of(found.get(), place);
    } catch (ServiceConfigurationError | LinkageError e) {
      throw new UnusableJarException(words(e), e);
    }
  }

  /** Returns the version of an installation: see {@link Installation#version}. */
  static String version(Installation installation) {
    if (installation.providers().isEmpty()) return "";
    var type = installation.providers().getFirst().type();
    try {
      var jars = JarFolder.ofThisSystem().jars(installation.place());
      String ofModule = new JarModules(jars).version(type);
      if (!ofModule.isEmpty()) return ofModule;
      var ofManifests = jars.stream().map(JarContents::version).filter(each -> !each.isEmpty());
      return ofManifests.findFirst().orElse("");
    } catch (UnusableJarException e) {
      return "";
    }
  }

  /** Returns how an installation is loaded: see {@link Installation#way}. */
  static String way(Installation installation) {
    try {
      var jars = JarFolder.ofThisSystem().jars(installation.place());
      return switch (new JarModules(jars).way()) {
        case JarModules.Layer layer -> "loaded as modules";
        case JarModules.ClassPath path -> "loaded as a class path: " + path.reason();
      };
    } catch (UnusableJarException e) {
      return "not loaded: " + e.getMessage();
    }
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
    var missing = MissingClass.in(failure);
    if (missing.isPresent()) return missing.get();
    var innermost = causes.getLast();
    var message = innermost.getMessage();
    boolean isOfModules =
        innermost instanceof FindException || innermost instanceof ResolutionException;
    if (isOfModules && message != null) return message;
    return innermost.getClass().getName() + (message == null ? "" : ": " + message);
  }
}
