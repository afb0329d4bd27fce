package dev.sessiontoken.client;

import dev.sessiontoken.spi.Printable;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Names providers of the deployment that a query for an unknown one may have meant. */
final class NearProviders {
  private static final String IDS =
      "the ids are those of the deployment's external authentication settings";

  private static final int MAX_NAMED = 5;
  private static final int MAX_LENGTH = 60;

  private NearProviders() {}

  /**
   * Returns a hint of one clause.
   *
   * @param providers those that the deployment names; may be empty
   */
  static String hint(List<ProviderPattern> providers, ExternalAuthQuery query) {
    if (providers.isEmpty()) return IDS;
    if (query instanceof ExternalAuthQuery.ByUrl) return "its providers serve " + hosts(providers);
    var near = providers.stream().filter(each -> isNear(each.id(), query.text())).toList();
    return near.isEmpty()
        ? "it has " + ids(providers) + "; " + IDS
        : "did you mean " + ids(near) + "? " + IDS;
  }

  private static String ids(List<ProviderPattern> providers) {
    return named(providers.stream().map(ProviderPattern::id).toList());
  }

  /** Returns the patterns without what makes a regular expression of a host. */
  private static String hosts(List<ProviderPattern> providers) {
    return named(
        providers.stream().map(each -> plain(each.pattern()) + " (" + each.id() + ")").toList());
  }

  private static String plain(String pattern) {
    String host = pattern.startsWith("^") ? pattern.substring(1) : pattern;
    return host.replace("(https?://)?", "").replace("https?://", "").replace("\\.", ".");
  }

  private static String named(List<String> names) {
    int more = names.size() - MAX_NAMED;
    return names.stream()
            .limit(MAX_NAMED)
            .map(name -> Printable.of(name, MAX_LENGTH))
            .collect(Collectors.joining(", "))
        + (more > 0 ? " and " + more + " more" : "");
  }

  /** Returns whether one name may be the other one misspelt. */
  static boolean isNear(String id, String asked) {
    String one = id.toLowerCase(Locale.ROOT);
    String other = asked.toLowerCase(Locale.ROOT);
    boolean isLong = other.length() > 2 && other.length() <= MAX_LENGTH;
    int typos = 1 + other.length() / 6;
    return isLong && (one.contains(other) || other.contains(one) || distance(one, other) <= typos);
  }

  /** Returns how many characters to insert, delete or replace (Levenshtein). */
  private static int distance(String one, String other) {
    int[] costs = new int[other.length() + 1];
    for (int j = 0; j < costs.length; j++) costs[j] = j;
    for (int i = 1; i <= Math.min(one.length(), MAX_LENGTH); i++) {
      int diagonal = costs[0];
      costs[0] = i;
      for (int j = 1; j < costs.length; j++) {
        int replaced = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        diagonal = costs[j];
        costs[j] = Math.min(replaced, 1 + Math.min(costs[j], costs[j - 1]));
      }
    }
    return costs[other.length()];
  }
}
