package dev.sessiontoken.spi;

import java.util.Optional;

/**
 * A setting that a provider takes.
 *
 * @param name as in {@code --auth-option name=value}: lower case letters, digits and hyphens
 * @param variable environment variable that gives it when the command line does not
 * @param description one line of help, without a full stop
 * @param secret whether its value must never be shown
 * @param required whether the provider cannot do without it
 * @param defaultValue what holds when nobody gives it, empty if nothing does
 */
public record ProviderOption(
    String name,
    String variable,
    String description,
    boolean secret,
    boolean required,
    Optional<String> defaultValue) {

  /** An option whose value may be shown, without a default. */
  public static ProviderOption plain(String name, String variable, String description) {
    return new ProviderOption(name, variable, description, false, false, Optional.empty());
  }

  /** An option whose value is a secret. */
  public static ProviderOption secret(String name, String variable, String description) {
    return new ProviderOption(name, variable, description, true, false, Optional.empty());
  }

  /** The same option with a value that holds when nobody gives one. */
  public ProviderOption withDefault(String value) {
    return new ProviderOption(name, variable, description, secret, required, Optional.of(value));
  }

  /** The same option, without which the provider is not asked. */
  public ProviderOption asRequired() {
    return new ProviderOption(name, variable, description, secret, true, defaultValue);
  }
}
