package dev.sessiontoken.cli;

import java.util.List;

/** The flags of every command. */
final class CommonFlags {
  static final Flag TIMEOUT =
      Flag.value(
              "--timeout",
              "DURATION",
              "CODER_TIMEOUT",
              "bounds the whole command: 500ms, 10s, 2m, 1m30s")
          .withDefault("30s");
  static final Flag VERBOSE =
      Flag.onOff(
          "--verbose", "-v", "CODER_VERBOSE", "tell each step on standard error, without secrets");
  static final Flag HELP = Flag.onOff("--help", "-h", "", "print this and do nothing");

  /** Of the program, where no command is named. */
  static final Flag VERSION = Flag.onOff("--version", "", "", "print the version");

  static final List<Flag> ALL = List.of(TIMEOUT, VERBOSE, HELP);
  static final List<Flag> SWITCHES = List.of(VERBOSE, HELP, VERSION);

  private CommonFlags() {}
}
