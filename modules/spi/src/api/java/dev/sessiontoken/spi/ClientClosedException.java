package dev.sessiontoken.spi;

import org.jspecify.annotations.Nullable;

/**
 * Thrown by a call of a client or token source that this program has closed: at once and without a
 * request if the call began after {@code close}, or when {@code close} has broken the call off.
 * Repeating the call cannot help.
 *
 * <p>Unchecked, as it tells of this program, not of the deployment or of the network.
 */
public final class ClientClosedException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  /**
   * For a call that has no result.
   *
   * @param message the call and how closing affected it, in one line without a secret
   * @param cause how a call that was broken off ended, null for none
   */
  public ClientClosedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
