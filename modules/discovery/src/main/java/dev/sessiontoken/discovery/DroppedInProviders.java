package dev.sessiontoken.discovery;

import dev.sessiontoken.spi.Deadline;
import dev.sessiontoken.spi.SessionTokenException.NotConfigured;
import dev.sessiontoken.spi.SessionTokenProvider;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The providers in jars that users have dropped into folders. Each jar, and each folder of jars, is
 * an installation of its own, loaded by a loader of its own: as modules if the provider is in one
 * whose requirements are there, else as a class path.
 *
 * <p>No code of a jar runs in this JVM before one of its providers is loaded. Which providers a jar
 * holds is read from its {@link ProviderIndex}; a jar without one is asked by the {@link
 * ProviderProbe}, and the answer is remembered. A jar counts only if this user and root alone can
 * change it.
 *
 * <p>Immutable and safe for any number of threads; every call looks at the folders anew.
 */
public final class DroppedInProviders {
  private static final Duration PROBE_LIMIT = Duration.ofSeconds(2);

  private final List<Path> folders;
  private final JarSurvey.Means means;

  /**
   * Creates the view of some folders; looks at nothing yet.
   *
   * @param folders where jars are dropped in; a folder that does not exist holds nothing
   * @param probe asks jars that have no index
   * @param memory a folder for what the probe finds, such as {@code ~/.cache/sessiontoken}: created
   *     if it is missing, used if this user alone can read or write it; empty to remember nothing
   */
  public DroppedInProviders(List<Path> folders, ProviderProbe probe, Optional<Path> memory) {
    this(folders, probe, memory, Ownership.ofThisSystem());
  }

  DroppedInProviders(
      List<Path> folders, ProviderProbe probe, Optional<Path> memory, Ownership ownership) {
    this.folders = List.copyOf(folders);
    this.means =
        new JarSurvey.Means(
            new JarFolder(ownership), probe, memory.map(each -> new ProbeMemory(each, ownership)));
  }

  /**
   * Lists all that is installed, by folder and file name, broken installations too. Asks again
   * where the probe found none that can be used before. Blocks for the probe: two seconds in all,
   * and not beyond the deadline.
   *
   * @return never null; two installations whose providers have the same name, or the name of a
   *     linked-in provider, are broken
   * @throws InterruptedException if the calling thread was interrupted
   */
  public List<Installation> all(Deadline deadline) throws InterruptedException {
    return new JarSurvey(means, deadline.orIn(PROBE_LIMIT)).anew(folders);
  }

  /**
   * Lists what is installed, as {@link #all} does, for a caller who wants one provider. A jar that
   * the probe found to be broken before is asked again only if no other has that name.
   *
   * @param name as {@code --auth} takes it
   * @return as {@link #all} does, whether or not one of them has the name; never null
   * @throws InterruptedException if the calling thread was interrupted
   */
  public List<Installation> search(String name, Deadline deadline) throws InterruptedException {
    var survey = new JarSurvey(means, deadline.orIn(PROBE_LIMIT));
    var remembered = survey.fromMemory(folders);
    boolean isFound = remembered.stream().anyMatch(each -> description(name, each).isPresent());
    return isFound || !survey.hasRecalledProblem() ? remembered : survey.anew(folders);
  }

  /**
   * Returns the installation that has a provider. Does not block.
   *
   * @param name as {@code --auth} takes it
   * @param among what {@link #search} or {@link #all} has listed
   * @return empty if no installation has the name and all can be used
   * @throws NotConfigured if no installation has the name and some cannot be used; the message says
   *     which and why
   */
  public static Optional<Installation> withProvider(String name, List<Installation> among)
      throws NotConfigured {
    var found = among.stream().filter(each -> description(name, each).isPresent()).findFirst();
    var broken = among.stream().filter(each -> each.problem().isPresent()).toList();
    if (found.isEmpty() && !broken.isEmpty()) throw unusable(name, broken, null);
    return found;
  }

  private static Optional<ProviderDescription> description(String name, Installation installation) {
    return installation.providers().stream().filter(each -> each.name().equals(name)).findFirst();
  }

  /**
   * Loads a provider. Runs the code of its jar on the calling thread, for as long as that code
   * takes.
   *
   * @param name of the provider
   * @param installation the one that {@link #withProvider} has returned for that name
   * @return the provider; mistakes that it makes later become a {@link BrokenProviderException},
   *     and values of its secret options are hidden in what it says. Never null
   * @throws NotConfigured if it cannot be loaded, or is not what the index says
   */
  public SessionTokenProvider load(String name, Installation installation) throws NotConfigured {
    var place = installation.place();
    var description = description(name, installation).orElseThrow();
    try {
      return JarLayer.load(description, place, means.folder().jars(place));
    } catch (UnusableJarException e) {
      throw unusable(
          name, Installation.broken(place, String.valueOf(e.getMessage())), e.getCause());
    } catch (Throwable e) { // code of the jar may throw anything
      throw unusable(name, Installation.broken(place, JarLayer.words(e)), e);
    }
  }

  private static NotConfigured unusable(
      String name, Installation broken, @Nullable Throwable cause) {
    return unusable(name, List.of(broken), cause);
  }

  private static NotConfigured unusable(
      String name, List<Installation> broken, @Nullable Throwable cause) {
    var reasons =
        broken.stream()
            .limit(3)
            .map(each -> each.place() + ": " + each.problem().orElse(""))
            .toList();
    return new NotConfigured(
        "look up the provider \"" + name + "\"",
        "none that can be used has the name; " + String.join("; ", reasons),
        broken.size() == 1 ? "repair or remove that one" : "repair or remove these",
        cause);
  }
}
