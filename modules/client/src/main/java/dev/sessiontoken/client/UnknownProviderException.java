package dev.sessiontoken.client;

import dev.sessiontoken.spi.CoderException;

/**
 * No external-auth provider of the deployment fits the query, or more than one does. The message is
 * short; the cause is an {@link ApiException}, whose message has all that the deployment says.
 */
public final class UnknownProviderException extends CoderException {
  private static final long serialVersionUID = 1L;

  /** Ids or hosts that may have been meant. */
  private final String hint;

  UnknownProviderException(String message, String hint, ApiException cause) {
    super(message, cause);
    this.hint = hint;
  }

  /**
   * Returns what to do next, in one clause: names ids that look like the one asked for, else the
   * hosts that the deployment's providers serve, if the deployment names any.
   */
  @Override
  public String hint() {
    return hint;
  }
}
