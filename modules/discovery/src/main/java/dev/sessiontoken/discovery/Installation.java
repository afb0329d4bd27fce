package dev.sessiontoken.discovery;

import dev.sessiontoken.spi.Printable;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What was dropped in at one place, a jar or a folder of jars: the providers in it, or why they
 * cannot be used.
 *
 * @param place the jar or folder
 * @param providers never null; empty if there is a problem
 * @param problem why the jar or folder cannot be used: one clause in one line without control
 *     characters, whatever text it was made from; empty if it can be used
 */
public record Installation(
    Path place, List<ProviderDescription> providers, Optional<String> problem) {
  private static final int MAX_PROBLEM = 300;
  private static final String PROBLEM = "!"; // begins no name, and so no line of an index

  /** Copies the providers, and makes the problem fit for a terminal. */
  public Installation {
    providers = List.copyOf(providers);
    problem = problem.map(text -> Printable.of(text, MAX_PROBLEM));
  }

  /** Returns a jar or folder that cannot be used. */
  public static Installation broken(Path place, String problem) {
    return new Installation(place, List.of(), Optional.of(problem));
  }

  static Installation of(Path place, List<ProviderDescription> providers) {
    return new Installation(place, providers, Optional.empty());
  }

  /**
   * Loads every provider of a jar or folder into this JVM and asks each for its name and options.
   * Runs code of the jar, which may block for ever or end the JVM; whatever is thrown becomes the
   * problem. For implementations of {@link ProviderProbe}.
   */
  public static Installation load(Path place) {
    try {
      return of(place, JarLayer.describe(place, JarFolder.ofThisSystem().jars(place)));
    } catch (UnusableJarException e) {
      return broken(place, String.valueOf(e.getMessage()));
    } catch (Throwable e) { // code of the jar may throw anything
      return broken(place, JarLayer.words(e));
    }
  }

  /** Returns what {@link #parse} reads: the providers as an index lists them, or the problem. */
  public String text() {
    return problem
        .map(text -> PROBLEM + text + "\n")
        .orElseGet(() -> ProviderIndex.text(providers));
  }

  /**
   * Reads the text of an installation, as a probe in another process has written it.
   *
   * @return a broken installation if the text makes no sense; never null
   */
  public static Installation parse(Path place, String text) {
    if (text.startsWith(PROBLEM)) return broken(place, text.substring(PROBLEM.length()));
    try {
      var providers = ProviderIndex.parse(text);
      return providers.isEmpty() ? broken(place, JarLayer.NONE) : of(place, providers);
    } catch (UnusableJarException e) {
      return broken(place, String.valueOf(e.getMessage()));
    }
  }

  /**
   * Returns the version of the module that holds the providers, else the implementation version of
   * a jar's manifest: one line, empty if neither says one. Reads the jars, and runs no code of
   * them.
   */
  public String version() {
    return Printable.of(JarLayer.version(this), 40);
  }

  /**
   * Returns whether the jars are loaded as modules or as a class path, and why: one clause in one
   * line. Reads the jars, and runs no code of them. Never null.
   */
  public String way() {
    return Printable.of(JarLayer.way(this), MAX_PROBLEM);
  }
}
