package dev.sessiontoken.discovery;

import dev.sessiontoken.spi.SessionTokenProvider;
import java.lang.module.Configuration;
import java.lang.module.FindException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.lang.module.ResolutionException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The jars of one installation, seen as modules. They are loaded as modules if a module descriptor
 * provides the provider, and the modules that this one needs are there; else as a class path.
 */
final class JarModules {
  /** The program's own module counts, never a copy of it in a jar. */
  private static final String SPI = SessionTokenProvider.class.getPackageName();

  private final Map<String, ModuleReference> modules = new LinkedHashMap<>();
  private boolean isComplete = true;

  /** How the jars are loaded. */
  sealed interface Way {}

  /**
   * As modules, in a layer of their own.
   *
   * @param configuration the modules, resolved
   */
  record Layer(Configuration configuration) implements Way {}

  /**
   * As a class path.
   *
   * @param reason one clause: why not as modules
   */
  record ClassPath(String reason) implements Way {}

  /** Reads the descriptors of the jars; of two modules of one name, the first counts. */
  JarModules(List<Path> jars) {
    for (var jar : jars) {
      try {
        for (var each : ModuleFinder.of(jar).findAll()) add(each);
      } catch (FindException e) { // no module, such as one whose file name makes no module name
        isComplete = false;
      }
    }
  }

  private void add(ModuleReference module) {
    String name = module.descriptor().name();
    if (name.equals(SPI)) return;
    if (modules.putIfAbsent(name, module) != null) isComplete = false;
  }

  /** Returns how the jars are loaded. Reads descriptors only, runs no code of the jars. */
  Way way() {
    var providing = providing();
    if (providing.isEmpty()) return new ClassPath("no module descriptor provides a provider");
    try {
      if (isComplete && missing().isEmpty()) return resolved(modules.keySet());
    } catch (FindException | ResolutionException | SecurityException e) {
      // the modules of the provider may do without the one that is wrong
    }
    try {
      return resolved(providing);
    } catch (FindException | ResolutionException | SecurityException e) {
      var missing = missing();
      if (missing.isEmpty()) return new ClassPath(String.valueOf(e.getMessage()));
      String names = String.join(", ", missing);
      return new ClassPath((missing.size() == 1 ? "missing module " : "missing modules ") + names);
    }
  }

  private Layer resolved(Set<String> roots) {
    var boot = ModuleLayer.boot().configuration();
    return new Layer(boot.resolveAndBind(finder(), ModuleFinder.of(), roots));
  }

  private Set<String> providing() {
    var providing = new HashSet<String>();
    for (var each : modules.values()) {
      var module = each.descriptor();
      if (!module.isAutomatic() && provides(module)) providing.add(module.name());
    }
    return providing;
  }

  private static boolean provides(ModuleDescriptor module) {
    return module.provides().stream()
        .anyMatch(each -> each.service().equals(SessionTokenProvider.class.getName()));
  }

  /** Names of modules that some module requires and that are nowhere: the same in each run. */
  private Set<String> missing() {
    var missing = new TreeSet<String>();
    for (var each : modules.values()) {
      for (var required : each.descriptor().requires()) {
        boolean isOptional =
            required.modifiers().contains(ModuleDescriptor.Requires.Modifier.STATIC);
        if (!isOptional && !isThere(required.name())) missing.add(required.name());
      }
    }
    return missing;
  }

  private boolean isThere(String name) {
    return modules.containsKey(name) || ModuleLayer.boot().findModule(name).isPresent();
  }

  private ModuleFinder finder() {
    return new ModuleFinder() {
      @Override
      public java.util.Optional<ModuleReference> find(String name) {
        return java.util.Optional.ofNullable(modules.get(name));
      }

      @Override
      public Set<ModuleReference> findAll() {
        return Set.copyOf(modules.values());
      }
    };
  }

  /** Returns the version of the module whose descriptor names a provider's class, else empty. */
  String version(String type) {
    for (var each : modules.values()) {
      var module = each.descriptor();
      boolean isIt = module.provides().stream().anyMatch(p -> p.providers().contains(type));
      if (isIt) return module.rawVersion().orElse("");
    }
    return "";
  }
}
