package dev.sessiontoken.discovery;

import dev.sessiontoken.spi.SessionTokenProvider;
import org.jspecify.annotations.Nullable;

/**
 * Thrown if a dropped-in provider breaks a rule of {@link SessionTokenProvider}: it returned null,
 * or threw an exception that is not of the contract, which is the cause. The message names the
 * provider and its jar, and holds no text of the provider's.
 */
public final class BrokenProviderException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BrokenProviderException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
