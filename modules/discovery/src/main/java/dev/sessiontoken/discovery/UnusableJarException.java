package dev.sessiontoken.discovery;

/** What was dropped in cannot be used; the message is one clause that says why. */
final class UnusableJarException extends Exception {
  private static final long serialVersionUID = 1L;

  UnusableJarException(String message) {
    super(message);
  }
}
