package dev.sessiontoken.cli.args;

/** The form of answers on standard output, and of errors on standard error. */
public enum OutputFormat {
  TEXT,
  JSON;

  public static final Flag FLAG =
      Flag.value(
              "--output",
              "FORMAT",
              "",
              "text or json; with json, errors are a JSON object on standard error")
          .withDefault("text");

  /**
   * Returns the format that the arguments ask for.
   *
   * @throws UsageException if they name no format
   */
  public static OutputFormat of(Arguments arguments) {
    return switch (arguments.value(FLAG).orElse("")) {
      case "text" -> TEXT;
      case "json" -> JSON;
      default -> throw new UsageException("--output takes text or json");
    };
  }

  /** Returns the format for errors: JSON if the last {@code --output} says so, else text. */
  public static OutputFormat ofErrors(Arguments arguments) {
    return arguments.value(FLAG).orElse("").equals("json") ? JSON : TEXT;
  }
}
