package dev.sessiontoken.cli.command;

/**
 * How a command ended.
 *
 * @param status its exit status: an {@link ExitCode}, or that of a program it ran
 * @param output what goes to standard output, byte for byte as UTF-8
 */
public record Outcome(int status, String output) {

  public Outcome(ExitCode code, String output) {
    this(code.number(), output);
  }

  /** Leaves the output out, which may be a token. */
  @Override
  public String toString() {
    return "Outcome[" + status + "]";
  }

  public static Outcome ok(String output) {
    return new Outcome(ExitCode.OK, output);
  }
}
