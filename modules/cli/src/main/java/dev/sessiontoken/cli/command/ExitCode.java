package dev.sessiontoken.cli.command;

import dev.sessiontoken.cli.agent.NoSuchFieldInAnswerException;
import dev.sessiontoken.cli.args.UsageException;
import dev.sessiontoken.client.UnknownProviderException;
import dev.sessiontoken.spi.SessionTokenException;

/** What the exit status says. Scripts rely on these: a new one goes here and into the README. */
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
  INTERRUPTED(130),
  TERMINATED(143);

  private final int number;

  ExitCode(int number) {
    this.number = number;
  }

  public int number() {
    return number;
  }

  public static ExitCode of(Throwable failure) {
    return switch (failure) {
      case UsageException e -> USAGE;
      case SessionTokenException.NotConfigured e -> NOT_CONFIGURED;
      case SessionTokenException.Rejected e -> REFUSED;
      case UnknownProviderException e -> NOT_FOUND;
      case NoSuchFieldInAnswerException e -> NOT_FOUND;
      case SessionTokenException.Unreachable e -> UNREACHABLE;
      case SessionTokenException.BadAnswer e -> BAD_ANSWER;
      case InterruptedException e -> INTERRUPTED;
      default -> BUG;
    };
  }
}
