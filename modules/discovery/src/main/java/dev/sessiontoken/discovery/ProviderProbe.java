package dev.sessiontoken.discovery;

import dev.sessiontoken.spi.Deadline;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds out which providers are in jars that have no index, which cannot be done without running
 * code of these jars. The command line does so in child processes.
 *
 * <p>Implementations are safe for any number of threads.
 */
@FunctionalInterface
public interface ProviderProbe {

  /**
   * Asks jars for their providers. Blocks until all have answered, at most until the deadline.
   *
   * @param places jars, and folders of jars; never empty
   * @param deadline one time limit for all places together
   * @return what was found at each place, broken installations included; a place that could not be
   *     asked in time is left out. Never null
   * @throws InterruptedException if the calling thread was interrupted
   */
  Map<Path, Installation> probe(List<Path> places, Deadline deadline) throws InterruptedException;

  /** Returns a probe that runs nothing: each jar without an index counts as broken. */
  static ProviderProbe none() {
    return (places, deadline) -> {
      var found = new HashMap<Path, Installation>();
      for (var place : places) {
        found.put(place, Installation.broken(place, "it has no index of its providers"));
      }
      return found;
    };
  }

  /**
   * Returns a probe that loads every jar without an index in this JVM, on the calling thread and
   * without a time limit: for programs that trust all jars of the folders. A jar's code can end or
   * block the JVM.
   */
  static ProviderProbe inThisJvm() {
    return (places, deadline) -> {
      var found = new HashMap<Path, Installation>();
      for (var place : places) found.put(place, Installation.load(place));
      return found;
    };
  }
}
