package dev.sessiontoken.cli;

import dev.sessiontoken.http.Printable;
import dev.sessiontoken.spi.Installation;
import dev.sessiontoken.spi.ProviderOption;
import dev.sessiontoken.spi.SessionTokenProvider;
import dev.sessiontoken.spi.SessionTokenProviders;
import java.util.List;
import java.util.Optional;

/**
 * A provider as it is listed.
 *
 * @param name what {@code --auth} takes, empty text for a jar that cannot tell
 * @param kind linked in or dropped in
 * @param origin module or jar
 * @param version of that, empty text if it says none
 * @param options in their order
 * @param problem why it cannot be used, if it cannot
 */
record Installed(
    String name,
    String kind,
    String origin,
    String version,
    List<ProviderOption> options,
    Optional<String> problem) {

  static Installed linkedIn(SessionTokenProvider provider) {
    var descriptor = provider.getClass().getModule().getDescriptor();
    return new Installed(
        provider.name(),
        "linked in",
        SessionTokenProviders.origin(provider),
        descriptor == null ? "" : descriptor.rawVersion().orElse(""),
        provider.options(),
        Optional.empty());
  }

  /** Those of a jar or folder; one entry without a name if it cannot be used. */
  static List<Installed> in(Installation dropped) {
    String place = Printable.of(dropped.place().toString());
    String version = Printable.of(dropped.version(), 40);
    if (dropped.problem().isPresent()) {
      var problem = dropped.problem().map(Printable::of);
      return List.of(new Installed("", "dropped in", place, version, List.of(), problem));
    }
    return dropped.providers().stream().map(each -> droppedIn(each, place, version)).toList();
  }

  private static Installed droppedIn(SessionTokenProvider provider, String place, String version) {
    return new Installed(
        provider.name(), "dropped in", place, version, provider.options(), Optional.empty());
  }
}
