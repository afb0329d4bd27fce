package dev.sessiontoken.cli.agent;

import dev.sessiontoken.cli.args.Arguments;
import dev.sessiontoken.cli.args.UsageException;
import dev.sessiontoken.discovery.DeclaredOptions;
import dev.sessiontoken.discovery.SessionTokenProviders;
import dev.sessiontoken.spi.Printable;
import dev.sessiontoken.spi.ProviderOption;
import dev.sessiontoken.spi.SessionTokenException.NotConfigured;
import dev.sessiontoken.spi.SessionTokenProvider;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Settles the value of each option of a provider: flag, then {@code --auth-option}, then variable.
 */
final class ProviderOptions {
  private ProviderOptions() {}

  /**
   * Returns the options that have a value, by name.
   *
   * @throws UsageException if {@code --auth-option} names one that the provider does not take
   * @throws NotConfigured if a required option has no value
   */
  static Map<String, String> of(SessionTokenProvider provider, Arguments arguments)
      throws NotConfigured {
    var settled = settled(provider, arguments, given(provider, arguments));
    checkComplete(provider, settled);
    return settled;
  }

  /**
   * Returns the options that have a value, by name.
   *
   * @param given values by {@code --auth-option}
   */
  static Map<String, String> settled(
      SessionTokenProvider provider, Arguments arguments, Map<String, String> given) {
    var settled = new HashMap<String, String>();
    for (var option : provider.options()) {
      flag(option, arguments)
          .or(() -> Optional.ofNullable(given.get(option.name())))
          .or(() -> arguments.variable(option.variable()))
          .or(option::defaultValue)
          .ifPresent(value -> settled.put(option.name(), value));
    }
    return settled;
  }

  private static void checkComplete(SessionTokenProvider provider, Map<String, String> settled)
      throws NotConfigured {
    var missing = DeclaredOptions.missing(provider, name -> Optional.ofNullable(settled.get(name)));
    if (missing.isEmpty()) return;
    throw new NotConfigured(
        "set up the provider " + SessionTokenProviders.described(provider),
        "it lacks " + String.join(", ", missing),
        "give --auth-option NAME=VALUE or set the variable" + (missing.size() > 1 ? "s" : ""),
        null);
  }

  /** Returns the value of the option's own flag, which options of linked-in providers have. */
  private static Optional<String> flag(ProviderOption option, Arguments arguments) {
    for (var flag : AgentFlags.OF_PROVIDERS) {
      var values = arguments.values(flag);
      boolean isIts = flag.name().equals("--" + option.name());
      if (isIts && !values.isEmpty()) return Optional.of(values.getLast());
    }
    return Optional.empty();
  }

  private static Map<String, String> given(SessionTokenProvider provider, Arguments arguments) {
    var given = new HashMap<String, String>();
    for (String pair : arguments.values(AgentFlags.OPTION)) {
      String name = name(pair);
      String own = ofProvider(provider, name).orElse(name);
      if (!takes(provider, own)) throw unknown(provider, name);
      given.put(own, pair.substring(name.length() + 1));
    }
    return given;
  }

  /** Returns the name in {@code NAME=VALUE}. */
  static String name(String pair) {
    int sign = pair.indexOf('=');
    if (sign < 1) throw new UsageException("--auth-option wants NAME=VALUE");
    return pair.substring(0, sign);
  }

  /** Returns the option in {@code PROVIDER.OPTION}; empty if it is not written for the provider. */
  static Optional<String> ofProvider(SessionTokenProvider provider, String name) {
    String own = provider.name() + ".";
    return name.startsWith(own) ? Optional.of(name.substring(own.length())) : Optional.empty();
  }

  static boolean takes(SessionTokenProvider provider, String option) {
    for (var each : provider.options()) if (each.name().equals(option)) return true;
    return false;
  }

  private static UsageException unknown(SessionTokenProvider provider, String name) {
    var names = provider.options().stream().map(ProviderOption::name).toList();
    return new UsageException(
        provider.name()
            + " takes no option "
            + Printable.of(name, 40)
            + (names.isEmpty() ? "; it takes none" : "; it takes " + String.join(", ", names)));
  }
}
