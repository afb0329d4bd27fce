package dev.sessiontoken.client;

/**
 * The deployment has no such external-auth provider, or more than one that fits. The message says
 * so in the deployment's words; the cause is its {@link ApiException}.
 */
public final class UnknownProviderException extends Exception {
  private static final long serialVersionUID = 1L;

  UnknownProviderException(String message, ApiException cause) {
    super(message, cause);
  }

  /** What to do next, in one clause. */
  public String hint() {
    return "the ids are those of the deployment's external authentication settings";
  }
}
