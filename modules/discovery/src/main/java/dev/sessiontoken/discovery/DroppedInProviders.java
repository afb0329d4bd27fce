package dev.sessiontoken.discovery;

import dev.sessiontoken.spi.Deadline;
import dev.sessiontoken.spi.SessionTokenException;
import dev.sessiontoken.spi.SessionTokenProvider;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The providers that strangers have dropped into folders. Each jar, and each folder of jars, is an
 * installation of its own, in a module layer of its own over this program's modules.
 *
 * <p>Looking runs the strangers' code, each installation's on a thread of its own and within a time
 * limit, and no mistake of one harms another. Nothing is kept between looks. Safe for any number of
 * threads.
 */
public final class DroppedInProviders {
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final String EXITS = "it ends the whole program (System.exit) when it is loaded";

  private final List<Path> folders;
  private volatile @Nullable Look present;
  private volatile @Nullable Path chosen;

  /** One installation that is being looked at. */
  private record Look(Path place, Thread thread, CompletableFuture<Installation> found) {}

  /**
   * Providers that have not been looked for yet.
   *
   * @param folders where to look; those that do not exist hold nothing
   */
  public DroppedInProviders(List<Path> folders) {
    this.folders = List.copyOf(folders);
  }

  /**
   * All that is installed, by folder and name; the broken ones too. Blocks for two seconds an
   * installation at most, or until the deadline.
   *
   * @throws InterruptedException if the calling thread was interrupted
   */
  public List<Installation> all(Deadline deadline) throws InterruptedException {
    var found = new ArrayList<Installation>();
    for (var folder : folders) {
      if (!JarFolder.exists(folder)) continue;
      try {
        for (var place : JarFolder.places(folder)) found.add(look(place, deadline));
      } catch (UnusableJarException e) {
        found.add(Installation.broken(folder, String.valueOf(e.getMessage())));
      }
    }
    return withoutDoubles(found);
  }

  /**
   * The provider of that name. Does not block.
   *
   * @param name as {@code --auth} takes it
   * @param among what {@link #all} found
   * @return empty if none has it and all are well
   * @throws SessionTokenException.NotConfigured if two have it, or if none has it while some cannot
   *     be used; the message says which and why
   */
  public Optional<SessionTokenProvider> named(String name, List<Installation> among)
      throws SessionTokenException.NotConfigured {
    var broken = new ArrayList<Installation>();
    for (var installation : among) {
      for (var provider : installation.providers()) {
        if (!provider.name().equals(name)) continue;
        chosen = installation.place();
        return Optional.of(provider);
      }
      if (installation.problem().isPresent()) broken.add(installation);
    }
    if (!broken.isEmpty()) throw unusable(name, broken);
    return Optional.empty();
  }

  private static SessionTokenException.NotConfigured unusable(
      String name, List<Installation> broken) {
    var which =
        broken.stream()
            .limit(3)
            .map(each -> each.place() + ": " + each.problem().orElse(""))
            .toList();
    return new SessionTokenException.NotConfigured(
        "look up the provider \"" + name + "\"",
        "none that can be used has the name; " + String.join("; ", which),
        "\"coder auth providers\" lists all",
        null);
  }

  private Installation look(Path place, Deadline deadline) throws InterruptedException {
    var found = new CompletableFuture<Installation>();
    var thread = new Thread(() -> open(place, found), "look at " + place.getFileName());
    thread.setDaemon(true);
    present = new Look(place, thread, found);
    thread.start();
    try {
      return found.get(deadline.orIn(PATIENCE).remaining().toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      boolean exits = isExiting(thread);
      return Installation.broken(place, exits ? EXITS : "it does not say its name within 2 s");
    } catch (ExecutionException e) {
      return Installation.broken(place, JarLayer.words(e.getCause() == null ? e : e.getCause()));
    } finally {
      present = null;
    }
  }

  private static void open(Path place, CompletableFuture<Installation> found) {
    try {
      found.complete(JarLayer.open(place));
    } catch (UnusableJarException e) {
      found.complete(Installation.broken(place, String.valueOf(e.getMessage())));
    } catch (Throwable e) { // whatever it is, it is the stranger's
      found.completeExceptionally(e);
    }
  }

  private static boolean isExiting(Thread thread) {
    for (var frame : thread.getStackTrace()) {
      boolean isRuntime = frame.getClassName().equals("java.lang.Runtime");
      if (isRuntime && frame.getMethodName().equals("exit")) return true;
    }
    return false;
  }

  /**
   * For the shutdown hook of a program that is being ended by a call of {@code System.exit}: if it
   * was an installation that did so while it was looked at, the look goes on without it.
   *
   * @return whether it was
   */
  public boolean passOverExit() {
    var look = present;
    if (look == null || !isExiting(look.thread())) return false;
    look.found().complete(Installation.broken(look.place(), EXITS));
    return true;
  }

  /** Where the provider comes from that {@link #named} found last. */
  public Optional<Path> chosen() {
    return Optional.ofNullable(chosen);
  }

  /** Two of one name, or one that has the name of a linked-in provider, cannot be told apart. */
  private static List<Installation> withoutDoubles(List<Installation> found) {
    var places = new HashMap<String, List<Path>>();
    for (var linked : SessionTokenProviders.all()) {
      places.computeIfAbsent(linked.name(), name -> new ArrayList<>()).add(Path.of("this program"));
    }
    for (var each : found) {
      for (var provider : each.providers()) {
        places.computeIfAbsent(provider.name(), name -> new ArrayList<>()).add(each.place());
      }
    }
    return found.stream().map(each -> checked(each, places)).toList();
  }

  private static Installation checked(Installation installation, Map<String, List<Path>> places) {
    for (var provider : installation.providers()) {
      var all = places.getOrDefault(provider.name(), List.of());
      if (all.size() < 2) continue;
      var others = all.stream().filter(each -> !each.equals(installation.place())).toList();
      return Installation.broken(
          installation.place(),
          "its name, "
              + provider.name()
              + ", is also that of a provider in "
              + (others.isEmpty() ? "itself" : others.getFirst()));
    }
    return installation;
  }
}
