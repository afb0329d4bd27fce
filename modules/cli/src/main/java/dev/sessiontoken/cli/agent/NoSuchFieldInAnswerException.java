package dev.sessiontoken.cli.agent;

/** What {@code --extra} asks for is not in the answer. The message names keys, never values. */
public final class NoSuchFieldInAnswerException extends Exception {
  private static final long serialVersionUID = 1L;

  NoSuchFieldInAnswerException(String message) {
    super(message);
  }
}
