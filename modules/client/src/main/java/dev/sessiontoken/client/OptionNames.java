package dev.sessiontoken.client;

import dev.sessiontoken.discovery.SessionTokenProviders;
import dev.sessiontoken.spi.Printable;
import dev.sessiontoken.spi.SessionTokenException.NotConfigured;
import dev.sessiontoken.spi.SessionTokenProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Checks the names of options: a provider would not miss one that is misspelt. */
final class OptionNames {
  private OptionNames() {}

  /**
   * Refuses an option that neither the provider nor the client takes.
   *
   * @throws NotConfigured for the first such option: names one that is spelt nearly so, else all
   */
  static void check(SessionTokenProvider provider, Map<String, String> options)
      throws NotConfigured {
    var known = new ArrayList<String>();
    for (var option : provider.options()) known.add(option.name());
    known.add(CoderClient.AGENT_NAME);
    for (String name : options.keySet()) {
      if (!known.contains(name)) throw unknown(provider, name, known);
    }
  }

  private static NotConfigured unknown(
      SessionTokenProvider provider, String name, List<String> known) {
    var near = known.stream().filter(each -> NearProviders.isNear(each, name)).toList();
    return new NotConfigured(
        "set up the provider " + SessionTokenProviders.described(provider),
        "it takes no option \"" + Printable.of(name, 40) + "\"",
        near.isEmpty()
            ? "it takes " + String.join(", ", known)
            : "did you mean " + String.join(", ", near) + "?",
        null);
  }
}
