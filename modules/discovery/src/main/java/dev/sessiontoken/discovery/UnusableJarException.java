package dev.sessiontoken.discovery;

/** A jar or folder cannot be used; the message is one clause that says why. */
final class UnusableJarException extends Exception {
  private static final long serialVersionUID = 1L;

  UnusableJarException(String message) {
    super(message);
  }

  UnusableJarException(String message, Throwable cause) {
    super(message, cause);
  }
}
