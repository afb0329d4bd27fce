package dev.sessiontoken.discovery;

import dev.sessiontoken.spi.Deadline;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One look through all folders: made for one call, used by one thread. */
final class JarSurvey {
  private static final String NOT_ASKED = "no time was left to ask it for its providers";

  /**
   * What a survey works with.
   *
   * @param folder reads folders
   * @param probe asks jars that have no index
   * @param memory what the probe has found, empty if nothing is remembered
   */
  record Means(JarFolder folder, ProviderProbe probe, Optional<ProbeMemory> memory) {}

  private final Means means;
  private final Deadline deadline;
  private boolean recalledProblem;

  /**
   * A survey that has not begun.
   *
   * @param deadline one time limit for whatever the probe is asked
   */
  JarSurvey(Means means, Deadline deadline) {
    this.means = means;
    this.deadline = deadline;
  }

  /** Whether {@link #fromMemory} has taken it from the memory that a jar cannot be used. */
  boolean hasRecalledProblem() {
    return recalledProblem;
  }

  /** Lists what is in the folders; asks no jar again that the probe has asked before. */
  List<Installation> fromMemory(List<Path> folders) throws InterruptedException {
    return survey(folders, true);
  }

  /** Lists what is in the folders; asks jars again that could not be used before. */
  List<Installation> anew(List<Path> folders) throws InterruptedException {
    return survey(folders, false);
  }

  private List<Installation> survey(List<Path> folders, boolean recallsProblems)
      throws InterruptedException {
    var found = new LinkedHashMap<Path, Installation>();
    var unknown = new LinkedHashMap<Path, List<Path>>();
    for (var place : places(folders, found)) {
      known(place, unknown, recallsProblems).ifPresent(each -> found.put(place, each));
    }
    if (!unknown.isEmpty()) found.putAll(ask(unknown));
    return DuplicateNames.withDuplicatesBroken(List.copyOf(found.values()));
  }

  /**
   * Lists the places, and marks each as not asked yet: marks, and broken folders, keep the order.
   */
  private List<Path> places(List<Path> folders, Map<Path, Installation> found) {
    var places = new ArrayList<Path>();
    for (var folder : folders) {
      if (!JarFolder.exists(folder)) continue;
      try {
        for (var place : means.folder().places(folder)) {
          places.add(place);
          found.put(place, Installation.broken(place, NOT_ASKED));
        }
      } catch (UnusableJarException e) {
        found.put(folder, Installation.broken(folder, String.valueOf(e.getMessage())));
      }
    }
    return places;
  }

  /** What is known of a place without running its code; else its jars become unknown ones. */
  private Optional<Installation> known(
      Path place, Map<Path, List<Path>> unknown, boolean recallsProblems) {
    try {
      var jars = means.folder().jars(place);
      var known = indexed(place, jars);
      if (known.isEmpty()) known = recalled(place, jars, recallsProblems);
      if (known.isEmpty()) unknown.put(place, jars);
      return known;
    } catch (UnusableJarException e) {
      return Optional.of(Installation.broken(place, String.valueOf(e.getMessage())));
    }
  }

  /** By the indexes of the jars together: one of them is enough. */
  private static Optional<Installation> indexed(Path place, List<Path> jars)
      throws UnusableJarException {
    var text = new StringBuilder();
    for (var jar : jars) JarContents.index(jar).ifPresent(index -> text.append(index).append('\n'));
    return text.isEmpty()
        ? Optional.empty()
        : Optional.of(Installation.parse(place, text.toString()));
  }

  private Optional<Installation> recalled(Path place, List<Path> jars, boolean recallsProblems) {
    var recalled = means.memory().flatMap(memory -> memory.recall(place, jars));
    boolean isProblem = recalled.flatMap(Installation::problem).isPresent();
    if (isProblem && recallsProblems) recalledProblem = true;
    return recalled.filter(each -> !isProblem || recallsProblems);
  }

  private Map<Path, Installation> ask(Map<Path, List<Path>> unknown) throws InterruptedException {
    var answers = new HashMap<>(means.probe().probe(List.copyOf(unknown.keySet()), deadline));
    answers.keySet().retainAll(unknown.keySet());
    answers.forEach((place, found) ->
        means.memory().ifPresent(memory -> memory.keep(jarsOf(place, unknown), found)));
    return answers;
  }

  private static List<Path> jarsOf(Path place, Map<Path, List<Path>> unknown) {
    return unknown.getOrDefault(place, List.of());
  }
}
