package dev.sessiontoken.cli.agent;

/** The answer lacks the field that {@code --extra} names. The message has keys, never values. */
public final class NoSuchFieldInAnswerException extends Exception {
  private static final long serialVersionUID = 1L;

  NoSuchFieldInAnswerException(String message) {
    super(message);
  }
}
