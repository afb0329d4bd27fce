package dev.sessiontoken.cli.agent;

import dev.sessiontoken.discovery.Installation;
import dev.sessiontoken.discovery.ProviderChain;
import dev.sessiontoken.discovery.ProviderDescription;
import dev.sessiontoken.discovery.SessionTokenProviders;
import dev.sessiontoken.spi.Printable;
import dev.sessiontoken.spi.ProviderOption;
import dev.sessiontoken.spi.SessionTokenProvider;
import java.util.List;
import java.util.Optional;

/**
 * A provider as {@code auth providers} lists it.
 *
 * @param name what {@code --auth} takes, empty text for a jar that cannot be used
 * @param kind {@code linked in} or {@code dropped in}; of a chain, what it does
 * @param origin module or jar; of a chain, the names in it
 * @param version of the module or jar, empty text if neither says one
 * @param options in the provider's order
 * @param problem why the jar cannot be used, empty if it can
 */
record ListedProvider(
    String name,
    String kind,
    String origin,
    String version,
    List<ProviderOption> options,
    Optional<String> problem) {

  static ListedProvider linkedIn(SessionTokenProvider provider) {
    var descriptor = provider.getClass().getModule().getDescriptor();
    return new ListedProvider(
        provider.name(),
        "linked in",
        SessionTokenProviders.origin(provider),
        descriptor == null ? "" : descriptor.rawVersion().orElse(""),
        provider.options(),
        Optional.empty());
  }

  /** What {@code --auth auto} stands for. */
  static ListedProvider automatic() {
    var names = ProviderChain.automatic().stream().map(SessionTokenProvider::name).toList();
    return new ListedProvider(
        AgentFlags.AUTO,
        "the first that is configured",
        String.join(", ", names),
        "",
        List.of(),
        Optional.empty());
  }

  /** The providers of a jar or folder; one entry without a name if it cannot be used. */
  static List<ListedProvider> in(Installation dropped) {
    String place = Printable.of(dropped.place().toString());
    String version = dropped.version();
    if (dropped.problem().isPresent()) {
      return List.of(
          new ListedProvider("", "dropped in", place, version, List.of(), dropped.problem()));
    }
    return dropped.providers().stream().map(each -> droppedIn(each, place, version)).toList();
  }

  private static ListedProvider droppedIn(
      ProviderDescription provider, String place, String version) {
    return new ListedProvider(
        provider.name(), "dropped in", place, version, provider.options(), Optional.empty());
  }
}
