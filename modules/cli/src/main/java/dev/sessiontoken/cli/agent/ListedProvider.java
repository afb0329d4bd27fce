package dev.sessiontoken.cli.agent;

import dev.sessiontoken.discovery.Installation;
import dev.sessiontoken.discovery.SessionTokenProviders;
import dev.sessiontoken.spi.Printable;
import dev.sessiontoken.spi.ProviderOption;
import dev.sessiontoken.spi.SessionTokenProvider;
import java.util.List;
import java.util.Optional;

/**
 * A provider as {@code auth providers} lists it.
 *
 * @param name what {@code --auth} takes, empty text for a jar that cannot tell
 * @param kind linked in or dropped in
 * @param origin module or jar
 * @param version of that, empty text if it says none
 * @param options in their order
 * @param problem why it cannot be used, if it cannot
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

  /** Those of a jar or folder; one entry without a name if it cannot be used. */
  static List<ListedProvider> in(Installation dropped) {
    String place = Printable.of(dropped.place().toString());
    String version = Printable.of(dropped.version(), 40);
    if (dropped.problem().isPresent()) {
      var problem = dropped.problem().map(Printable::of);
      return List.of(new ListedProvider("", "dropped in", place, version, List.of(), problem));
    }
    return dropped.providers().stream().map(each -> droppedIn(each, place, version)).toList();
  }

  private static ListedProvider droppedIn(
      SessionTokenProvider provider, String place, String version) {
    return new ListedProvider(
        provider.name(), "dropped in", place, version, provider.options(), Optional.empty());
  }
}
