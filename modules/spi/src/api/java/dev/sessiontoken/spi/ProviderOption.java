package dev.sessiontoken.spi;

import java.util.Optional;

/**
 * A setting that a provider takes.
 *
 * @param name as in {@code --auth-option name=value}: lower case letters, digits and hyphens
 * @param variable environment variable that gives it when the command line does not
 * @param description one line of help, without a full stop
 * @param secret whether its value must never be shown
 * @param defaultValue what holds when nobody gives it, empty if nothing does
 */
public record ProviderOption(
    String name,
    String variable,
    String description,
    boolean secret,
    Optional<String> defaultValue) {

  /** An option whose value may be shown, without a default. */
  public static ProviderOption plain(String name, String variable, String description) {
    return new ProviderOption(name, variable, description, false, Optional.empty());
  }

  /** An option whose value is a secret. */
  public static ProviderOption secret(String name, String variable, String description) {
    return new ProviderOption(name, variable, description, true, Optional.empty());
  }

  /** The same option with a value that holds when nobody gives one. */
  public ProviderOption withDefault(String value) {
    return new ProviderOption(name, variable, description, secret, Optional.of(value));
  }
}
