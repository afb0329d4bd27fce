package dev.sessiontoken.http;

import java.util.concurrent.TimeoutException;

/**
 * The time limit was reached while the peer had the request and had not begun to answer: a slow
 * server, or one that holds its answer back until something has happened. Among the causes of
 * {@code Unreachable}.
 */
public final class NoAnswerYetException extends TimeoutException {
  private static final long serialVersionUID = 1L;

  public NoAnswerYetException() {
    super("no answer yet");
  }
}
