package dev.sessiontoken.client;

/**
 * No external-auth provider of the deployment fits the query, or more than one does. The message
 * has the deployment's words; the cause is an {@link ApiException}.
 */
public final class UnknownProviderException extends Exception {
  private static final long serialVersionUID = 1L;

  UnknownProviderException(String message, ApiException cause) {
    super(message, cause);
  }

  /** Returns what to do next, as one clause without a full stop; never null or empty. */
  public String hint() {
    return "the ids are those of the deployment's external authentication settings";
  }
}
