package dev.sessiontoken.cli.args;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the user gave a command: flags, operands and environment.
 *
 * @param given the values of each flag by its name, empty lists for those that were not given
 * @param operands everything that is neither a flag nor its value, in order
 * @param environment variables by name
 * @param order each flag that was given with its value, in order
 */
public record Arguments(
    Map<String, List<String>> given,
    List<String> operands,
    Map<String, String> environment,
    List<Given> order) {

  /**
   * A flag of the command line.
   *
   * @param name as {@link Flag#name}
   * @param value {@code true} for a switch
   */
  public record Given(String name, String value) {

    /** Leaves the value out: it may be a secret. */
    @Override
    public String toString() {
      return name;
    }
  }

  /**
   * Returns the flag's last value, else its variable, else its default. An empty variable counts as
   * unset.
   */
  public Optional<String> value(Flag flag) {
    var values = values(flag);
    if (!values.isEmpty()) return Optional.of(values.getLast());
    return variable(flag.variable()).or(() -> nonEmpty(flag.defaultValue()));
  }

  /** Returns all values that a repeatable flag was given, in order. */
  public List<String> values(Flag flag) {
    return given.getOrDefault(flag.name(), List.of());
  }

  /**
   * Returns whether a switch is on: given, or its variable is neither empty, {@code 0} nor {@code
   * false}.
   */
  public boolean isOn(Flag flag) {
    var said = value(flag).orElse("false");
    return !said.equals("0") && !said.equalsIgnoreCase("false");
  }

  /** Returns an environment variable that is set and not empty. */
  public Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name)).flatMap(Arguments::nonEmpty);
  }

  /** Leaves values and environment out: some are secrets. */
  @Override
  public String toString() {
    return "Arguments[" + given.keySet() + "]";
  }

  private static Optional<String> nonEmpty(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }
}
