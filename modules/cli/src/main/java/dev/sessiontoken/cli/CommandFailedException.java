package dev.sessiontoken.cli;

import org.jspecify.annotations.Nullable;

/** A command ended by an exception; carries it to the place that says so. */
final class CommandFailedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean verbose;

  CommandFailedException(@Nullable Throwable reason, boolean verbose) {
    super(reason);
    this.verbose = verbose;
  }

  Throwable reason() {
    var reason = getCause();
    return reason == null ? this : reason;
  }

  boolean isVerbose() {
    return verbose;
  }
}
