package dev.sessiontoken.cli;

import org.jspecify.annotations.Nullable;

/** Carries the exception that ended a command from the command's thread to the error report. */
final class CommandFailedException extends Exception {
  private static final long serialVersionUID = 1L;

  CommandFailedException(@Nullable Throwable reason) {
    super(reason);
  }

  Throwable reason() {
    var reason = getCause();
    return reason == null ? this : reason;
  }
}
