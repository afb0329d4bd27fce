package dev.sessiontoken.discovery;

import dev.sessiontoken.spi.SessionTokenProvider;
import org.jspecify.annotations.Nullable;

/**
 * A dropped-in provider broke the rules of {@link SessionTokenProvider}. The message says whose.
 */
public final class BrokenProviderException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BrokenProviderException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
