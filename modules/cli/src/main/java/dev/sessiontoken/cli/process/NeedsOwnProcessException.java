package dev.sessiontoken.cli.process;

/** Ends a command that a shared process may not run: see {@link Host#requireOwn}. */
public final class NeedsOwnProcessException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public NeedsOwnProcessException(String what) {
    super("needs a process of its own: " + what);
  }
}
