package dev.sessiontoken.cli.args;

import java.util.List;

/** What standard output carries, and in which form errors are said. */
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
   * What the parsed arguments say.
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

  /** What arguments ask for that may not even parse: for saying so. */
  public static OutputFormat askedFor(List<String> args) {
    var format = TEXT;
    for (int i = 0; i < args.size(); i++) {
      boolean next = args.get(i).equals(FLAG.name()) && i + 1 < args.size();
      if (args.get(i).startsWith(FLAG.name() + "=") || next) {
        format =
            (args.get(i) + (next ? "=" + args.get(i + 1) : "")).endsWith("=json") ? JSON : TEXT;
      }
    }
    return format;
  }
}
