package dev.sessiontoken.cli.agent;

import dev.sessiontoken.cli.args.Arguments;
import dev.sessiontoken.cli.args.UsageException;
import dev.sessiontoken.cli.command.Invocation;
import dev.sessiontoken.discovery.DroppedInProviders;
import dev.sessiontoken.discovery.Installation;
import dev.sessiontoken.discovery.ProviderChain;
import dev.sessiontoken.discovery.SessionTokenProviders;
import dev.sessiontoken.spi.Printable;
import dev.sessiontoken.spi.ProviderOption;
import dev.sessiontoken.spi.SessionTokenException.NotConfigured;
import dev.sessiontoken.spi.SessionTokenProvider;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The chain of providers that {@code --auth} names, with the options of each. All names are looked
 * up at once, so that a mistyped one is reported wherever it stands; jars are loaded when the chain
 * comes to them.
 */
final class ChainChoice {
  private static final String STEP = "choose how to prove the agent";

  private final Invocation invocation;
  private final Arguments arguments;

  private ChainChoice(Invocation invocation) {
    this.invocation = invocation;
    this.arguments = invocation.arguments();
  }

  /**
   * Returns the chain. Looks at the folders of dropped-in jars if a name is not linked in.
   *
   * @param list names with commas and blanks between them; {@code auto} stands for those linked in
   *     that the list does not name
   * @throws NotConfigured if a name is empty, unknown or there twice
   * @throws UsageException if {@code --auth-option} fits no provider of the list, or several
   */
  static SessionTokenProvider of(String list, Invocation invocation)
      throws NotConfigured, InterruptedException {
    return new ChainChoice(invocation).chain(list);
  }

  private SessionTokenProvider chain(String list) throws NotConfigured, InterruptedException {
    var providers = new ArrayList<SessionTokenProvider>();
    for (String name : meant(names(list))) providers.add(provider(name));
    var given = given(providers);
    var links = new ArrayList<SessionTokenProvider>();
    for (var each : providers) links.add(link(each, given.getOrDefault(each.name(), Map.of())));
    var chain = ProviderChain.of(links);
    invocation.trace().tell("the agent is proved by the first that is configured: " + chain.name());
    return chain;
  }

  private SessionTokenProvider link(SessionTokenProvider provider, Map<String, String> given) {
    var options = ProviderOptions.settled(provider, arguments, given);
    AgentFlags.hide(provider, options, invocation.trace());
    return ProviderChain.bound(provider, options);
  }

  private static List<String> names(String list) throws NotConfigured {
    var names = new ArrayList<String>();
    for (String part : list.split(",", -1)) {
      String name = part.strip();
      if (name.isEmpty()) throw wrong("a name is empty in the list \"" + shown(list) + "\"");
      if (names.contains(name)) throw wrong("the list names " + shown(name) + " twice");
      names.add(name);
    }
    return names;
  }

  private static String shown(String text) {
    return Printable.of(text, 60);
  }

  private static NotConfigured wrong(String problem) {
    return new NotConfigured(
        STEP, problem, "--auth and CODER_AGENT_AUTH take names with commas between them", null);
  }

  /** Puts names for {@code auto}, and {@code token-file} for {@code token} as for one provider. */
  private Set<String> meant(List<String> names) {
    var meant = new LinkedHashSet<String>();
    for (String name : names) {
      if (name.equals(AgentFlags.AUTO)) {
        for (var each : ProviderChain.automatic()) {
          if (!names.contains(each.name())) meant.add(each.name());
        }
      } else {
        meant.add(AgentFlags.meant(name, arguments));
      }
    }
    return meant;
  }

  private SessionTokenProvider provider(String name) throws NotConfigured, InterruptedException {
    var linked = SessionTokenProviders.named(name);
    if (linked.isPresent()) return linked.get();
    invocation.trace().tell("look for the provider " + name + " among those dropped in");
    var installed = invocation.droppedIn().search(name, invocation.deadline());
    return DroppedInProviders.withProvider(name, installed)
        .flatMap(each -> droppedIn(name, each, installed))
        .orElseThrow(() -> AgentFlags.unknown(name, installed));
  }

  private Optional<SessionTokenProvider> droppedIn(
      String name, Installation installation, List<Installation> among) {
    for (var each : installation.providers()) {
      if (each.name().equals(name)) return Optional.of(new DroppedInLink(each, among, invocation));
    }
    return Optional.empty();
  }

  /** Returns the values by {@code --auth-option}, by provider and option. */
  private Map<String, Map<String, String>> given(List<SessionTokenProvider> providers) {
    var given = new HashMap<String, Map<String, String>>();
    for (String pair : arguments.values(AgentFlags.OPTION)) {
      String name = ProviderOptions.name(pair);
      var provider = provider(name, providers);
      String option = ProviderOptions.ofProvider(provider, name).orElse(name);
      given
          .computeIfAbsent(provider.name(), _ -> new HashMap<>())
          .put(option, pair.substring(name.length() + 1));
    }
    return given;
  }

  /** Returns the provider whose option has a name, {@code OPTION} or {@code PROVIDER.OPTION}. */
  private static SessionTokenProvider provider(String name, List<SessionTokenProvider> providers) {
    var takers =
        providers.stream()
            .filter(each ->
                ProviderOptions.takes(each, ProviderOptions.ofProvider(each, name).orElse(name)))
            .toList();
    if (takers.size() == 1) return takers.getFirst();
    throw takers.isEmpty() ? unknown(name, providers) : ambiguous(name, takers);
  }

  private static UsageException unknown(String name, List<SessionTokenProvider> providers) {
    var options = new TreeSet<String>();
    for (var provider : providers) {
      for (ProviderOption each : provider.options()) options.add(each.name());
    }
    return new UsageException(
        "no provider of --auth takes the option "
            + Printable.of(name, 40)
            + (options.isEmpty() ? "" : "; they take " + String.join(", ", options)));
  }

  private static UsageException ambiguous(String name, List<SessionTokenProvider> takers) {
    var qualified =
        takers.stream().map(each -> each.name() + "." + name).collect(Collectors.joining(" or "));
    return new UsageException(
        "several providers of --auth take the option " + name + "; say " + qualified);
  }
}
