package dev.sessiontoken.cli;

/**
 * How a command ended.
 *
 * @param code its exit status
 * @param output what goes to standard output, byte for byte as UTF-8
 */
record Outcome(ExitCode code, String output) {

  /** Leaves the output out, which may be a token. */
  @Override
  public String toString() {
    return "Outcome[" + code + "]";
  }

  static Outcome ok(String output) {
    return new Outcome(ExitCode.OK, output);
  }
}
