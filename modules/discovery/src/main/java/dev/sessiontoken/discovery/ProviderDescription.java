package dev.sessiontoken.discovery;

import dev.sessiontoken.spi.ProviderOption;
import java.util.List;

/**
 * What is known of a provider without running its code: an entry of an index, or an answer of a
 * {@link ProviderProbe}. It is the jar's claim until the provider is loaded.
 *
 * @param name what {@code --auth} takes: lower case letters, digits and hyphens
 * @param type the binary name of the class that the service loader finds
 * @param options for lists and help, fit for a terminal; the loaded provider's own options count
 */
public record ProviderDescription(String name, String type, List<ProviderOption> options) {

  /** Copies the options. */
  public ProviderDescription {
    options = List.copyOf(options);
  }
}
