package dev.sessiontoken.discovery;

import dev.sessiontoken.spi.ProviderOption;
import dev.sessiontoken.spi.SessionTokenException.NotConfigured;
import dev.sessiontoken.spi.SessionTokenProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a provider's declared options make of the values that a user gave: defaults, and options
 * that must have a value. For the command line, the client and the test kit alike. No method
 * blocks.
 */
public final class DeclaredOptions {
  private DeclaredOptions() {}

  /**
   * Returns the value of an option: the given one, else the declared default.
   *
   * @param name as {@link ProviderOption#name} declares it
   * @param given what the user gave, empty for nothing
   */
  public static Optional<String> value(
      SessionTokenProvider provider, String name, Optional<String> given) {
    if (given.isPresent()) return given;
    for (var option : provider.options()) {
      if (option.name().equals(name)) return option.defaultValue();
    }
    return Optional.empty();
  }

  /**
   * Returns the required options without a value, as {@code name (VARIABLE)}.
   *
   * @param values gives the value of an option by its name, defaults included
   */
  public static List<String> missing(
      SessionTokenProvider provider, Function<String, Optional<String>> values) {
    var missing = new ArrayList<String>();
    for (var option : provider.options()) {
      boolean lacks = option.required() && values.apply(option.name()).orElse("").isEmpty();
      if (lacks) missing.add(option.name() + " (" + option.variable() + ")");
    }
    return missing;
  }

  /**
   * Checks that each required option has a value, without which a provider is not called.
   *
   * @param values as {@link #missing}
   * @param hint how to give a value, as one clause
   * @throws NotConfigured if one has none; the message names all of them
   */
  public static void check(
      SessionTokenProvider provider, Function<String, Optional<String>> values, String hint)
      throws NotConfigured {
    var missing = missing(provider, values);
    if (missing.isEmpty()) return;
    throw new NotConfigured(
        "set up the provider " + SessionTokenProviders.described(provider),
        "it lacks " + String.join(", ", missing),
        hint,
        null);
  }

  /**
   * Returns the values of secret options.
   *
   * @param values as {@link #missing}
   */
  public static List<String> secrets(
      SessionTokenProvider provider, Function<String, Optional<String>> values) {
    var secrets = new ArrayList<String>();
    for (var option : provider.options()) {
      if (option.secret()) values.apply(option.name()).ifPresent(secrets::add);
    }
    return secrets;
  }
}
