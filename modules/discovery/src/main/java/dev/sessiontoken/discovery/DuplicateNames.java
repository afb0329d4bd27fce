package dev.sessiontoken.discovery;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds providers that cannot be told apart: two have one name, or a linked-in one has it too. */
final class DuplicateNames {
  private static final Path LINKED_IN = Path.of("this program");

  private DuplicateNames() {}

  /** Returns the installations, with each marked as broken that has a name of another provider. */
  static List<Installation> withDuplicatesBroken(List<Installation> installed) {
    if (installed.stream().allMatch(each -> each.providers().isEmpty())) return installed;
    var places = new HashMap<String, List<Path>>();
    for (var linked : SessionTokenProviders.all()) add(places, linked.name(), LINKED_IN);
    for (var each : installed) {
      for (var provider : each.providers()) add(places, provider.name(), each.place());
    }
    return installed.stream().map(each -> checked(each, places)).toList();
  }

  private static void add(Map<String, List<Path>> places, String name, Path place) {
    places.computeIfAbsent(name, key -> new ArrayList<>()).add(place);
  }

  private static Installation checked(Installation installation, Map<String, List<Path>> places) {
    for (var provider : installation.providers()) {
      var having = places.getOrDefault(provider.name(), List.of());
      if (having.size() < 2) continue;
      var others = having.stream().filter(each -> !each.equals(installation.place())).toList();
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
