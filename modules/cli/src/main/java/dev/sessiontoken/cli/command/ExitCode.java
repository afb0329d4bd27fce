package dev.sessiontoken.cli.command;

/**
 * The exit codes of the program. Scripts rely on them: a new code goes here, into the README's
 * table, and, if an exception leads to it, into {@code ErrorReport}.
 */
public enum ExitCode {
  OK(0),
  LOGIN_REQUIRED(1),
  USAGE(2),
  NOT_CONFIGURED(3),
  REFUSED(4),
  NOT_FOUND(5),
  UNREACHABLE(6),
  BAD_ANSWER(7),
  BUG(70),
  HUNG_UP(129),
  INTERRUPTED(130),
  TERMINATED(143);

  private final int number;

  ExitCode(int number) {
    this.number = number;
  }

  public int number() {
    return number;
  }
}
