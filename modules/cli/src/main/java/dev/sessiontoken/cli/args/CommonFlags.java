package dev.sessiontoken.cli.args;

import java.util.List;

/** The flags of every command. */
public final class CommonFlags {
  public static final Flag TIMEOUT =
      Flag.value(
              "--timeout",
              "DURATION",
              "CODER_TIMEOUT",
              "bounds the whole command: 500ms, 10s, 2m, 1m30s")
          .withDefault("30s");
  public static final Flag VERBOSE =
      Flag.onOff(
          "--verbose",
          "-v",
          "CODER_VERBOSE",
          "tell each step on standard error; $CODER_VERBOSE=/path: into a file");
  public static final Flag HELP = Flag.onOff("--help", "-h", "", "print this and do nothing");

  /** A flag of the program itself, without a command. */
  public static final Flag VERSION = Flag.onOff("--version", "", "", "print the version");

  public static final List<Flag> ALL = List.of(TIMEOUT, VERBOSE, HELP);
  public static final List<Flag> SWITCHES = List.of(VERBOSE, HELP, VERSION);

  private CommonFlags() {}
}
