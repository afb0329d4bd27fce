package dev.sessiontoken.cli.command;

import dev.sessiontoken.cli.process.ChildProcesses;
import dev.sessiontoken.cli.process.Host;
import dev.sessiontoken.cli.process.JarProbe;
import dev.sessiontoken.cli.process.StandardOutput;
import dev.sessiontoken.discovery.DroppedInProviders;
import dev.sessiontoken.discovery.Installation;
import dev.sessiontoken.spi.Deadline;
import dev.sessiontoken.spi.SessionTokenException.NotConfigured;
import dev.sessiontoken.spi.SessionTokenProvider;
import java.io.File;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The providers in jars that were dropped in, by the folders that the environment names; and which
 * jar is in use, for the message if its code ends the process. Calls that need no such jar look at
 * no folder.
 */
public final class DroppedInJars {
  private static final String FOLDERS = "CODER_AUTH_PROVIDER_PATH";

  private final Path image;
  private final Host host;
  private final Map<String, String> environment;
  private final ChildProcesses children;
  private final OutputStream out;
  private volatile @Nullable Path inUse;

  /**
   * Jars that have not been looked for yet.
   *
   * @param image the folder of the image; jars are in its folder "providers", unless the
   *     environment names others
   * @param host is asked before jars are looked at
   * @param environment variables by name
   * @param children starts the processes that ask jars for their providers
   * @param out where the answer goes, out of reach of code that is loaded
   */
  public DroppedInJars(
      Path image,
      Host host,
      Map<String, String> environment,
      ChildProcesses children,
      OutputStream out) {
    this.image = image;
    this.host = host;
    this.environment = environment;
    this.children = children;
    this.out = out;
  }

  /** Lists all that is installed: see {@link DroppedInProviders#all}. */
  public List<Installation> all(Deadline deadline) throws InterruptedException {
    return providers().all(deadline);
  }

  /** Lists what is installed, to find one provider: see {@link DroppedInProviders#search}. */
  public List<Installation> search(String name, Deadline deadline) throws InterruptedException {
    return providers().search(name, deadline);
  }

  /**
   * Loads a provider. Runs code of its jar, which is in use from now on.
   *
   * @param among what {@link #search} has listed for the name
   * @return empty if no jar has it and all can be used
   * @throws NotConfigured if it cannot be loaded, or is perhaps in a jar that cannot be used
   */
  public Optional<SessionTokenProvider> load(String name, List<Installation> among)
      throws NotConfigured {
    var found = DroppedInProviders.withProvider(name, among);
    if (found.isEmpty()) return Optional.empty();
    inUse = found.get().place();
    if (out instanceof StandardOutput standard) standard.handOver(children);
    return Optional.of(providers().load(name, found.get()));
  }

  /** Returns the jar, or folder of jars, whose code has been loaded last; empty if none was. */
  public Optional<Path> inUse() {
    return Optional.ofNullable(inUse);
  }

  private DroppedInProviders providers() {
    host.requireOwn("look for dropped-in providers");
    return new DroppedInProviders(folders(), new JarProbe(image, children), memory());
  }

  private List<Path> folders() {
    String given = environment.getOrDefault(FOLDERS, "");
    if (given.isEmpty()) return List.of(image.resolve("providers"));
    var folders = new ArrayList<Path>();
    for (String folder : given.split(File.pathSeparator, -1)) {
      if (!folder.isEmpty()) folders.add(Path.of(folder));
    }
    return folders;
  }

  /** The user's folder for caches, as the XDG Base Directory Specification has it. */
  private Optional<Path> memory() {
    String cache = environment.getOrDefault("XDG_CACHE_HOME", "");
    String home = environment.getOrDefault("HOME", "");
    if (cache.startsWith("/")) return Optional.of(Path.of(cache, "sessiontoken", "providers"));
    return home.startsWith("/")
        ? Optional.of(Path.of(home, ".cache", "sessiontoken", "providers"))
        : Optional.empty();
  }
}
