package dev.sessiontoken.cli.args;

/** The command line is wrong. The message names the flag or argument, never a value. */
public final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UsageException(String message) {
    super(message);
  }
}
