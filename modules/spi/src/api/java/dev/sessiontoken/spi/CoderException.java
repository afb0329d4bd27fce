package dev.sessiontoken.spi;

import org.jspecify.annotations.Nullable;

/**
 * What calls of a deployment throw if they have no result: a {@link SessionTokenException}, or an
 * exception that a client adds to its four kinds, such as {@code UnknownProviderException}.
 *
 * <p>The message is one line without a secret and without a full stop. Misuse is not among these
 * exceptions: it is an unchecked {@link IllegalArgumentException} or {@link ClientClosedException}.
 */
public abstract class CoderException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * For subclasses.
   *
   * @param message what failed, and how, in one line without a secret
   * @param cause the exception behind it, null for none
   */
  protected CoderException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** Returns what the user can do next, as one clause: never null, empty if nothing is known. */
  public abstract String hint();
}
