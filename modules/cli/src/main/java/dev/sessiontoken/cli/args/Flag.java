package dev.sessiontoken.cli.args;

/**
 * A flag of a command, written down once: parsing, help, variable and default come from here.
 *
 * @param name as typed, with its dashes
 * @param alias another spelling, or empty text
 * @param metaVar stands for the value in help; empty text for a switch, which takes none
 * @param variable the environment variable that holds when the flag is not given, or empty text
 * @param defaultValue the value without flag and variable, or empty text
 * @param bareValue the value of the flag alone, where {@code =VALUE} may be left out; else empty
 *     text
 * @param repeatable whether every value counts, not only the last one
 * @param usage one line of help
 */
public record Flag(
    String name,
    String alias,
    String metaVar,
    String variable,
    String defaultValue,
    String bareValue,
    boolean repeatable,
    String usage) {

  public static Flag value(String name, String metaVar, String variable, String usage) {
    return new Flag(name, "", metaVar, variable, "", "", false, usage);
  }

  public static Flag onOff(String name, String alias, String variable, String usage) {
    return new Flag(name, alias, "", variable, "", "", false, usage);
  }

  public Flag withDefault(String value) {
    return new Flag(name, alias, metaVar, variable, value, bareValue, repeatable, usage);
  }

  /** Returns the same flag, whose {@code =VALUE} may be left out. */
  public Flag orBare(String value) {
    return new Flag(name, alias, metaVar, variable, defaultValue, value, repeatable, usage);
  }

  public Flag repeated() {
    return new Flag(name, alias, metaVar, variable, defaultValue, bareValue, true, usage);
  }

  public boolean isSwitch() {
    return metaVar.isEmpty();
  }
}
