package dev.sessiontoken.cli;

/** The command line is wrong. The message names the flag or argument and never repeats a value. */
final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UsageException(String message) {
    super(message);
  }
}
