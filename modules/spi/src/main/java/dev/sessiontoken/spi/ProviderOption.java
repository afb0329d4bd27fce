package dev.sessiontoken.spi;

import java.util.Optional;

/**
 * A setting that a provider takes. Users give it by {@code --auth-option name=value} or by an
 * environment variable; the flag has precedence.
 *
 * @param name 1 to 63 lower case letters, digits and hyphens
 * @param variable the environment variable
 * @param description one line of help, without a full stop
 * @param secret whether the value must never be shown
 * @param required whether the provider is not called without a value
 * @param defaultValue the value if users give none; empty for no default
 */
public record ProviderOption(
    String name,
    String variable,
    String description,
    boolean secret,
    boolean required,
    Optional<String> defaultValue) {

  /** Returns an option whose value may be shown: not required, without a default. */
  public static ProviderOption plain(String name, String variable, String description) {
    return new ProviderOption(name, variable, description, false, false, Optional.empty());
  }

  /** Returns an option whose value is a secret: not required, without a default. */
  public static ProviderOption secret(String name, String variable, String description) {
    return new ProviderOption(name, variable, description, true, false, Optional.empty());
  }

  /** Returns this option with a default. */
  public ProviderOption withDefault(String value) {
    return new ProviderOption(name, variable, description, secret, required, Optional.of(value));
  }

  /** Returns this option as a required one. */
  public ProviderOption asRequired() {
    return new ProviderOption(name, variable, description, secret, true, defaultValue);
  }
}
