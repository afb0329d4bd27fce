package dev.sessiontoken.cli;

import java.io.PrintStream;

/**
 * Reports an exception that ended a thread, as the JDK does; but not that no more threads are to be
 * had, which ends threads of the JDK's HTTP client: the command reports that itself.
 */
final class UncaughtExceptions implements Thread.UncaughtExceptionHandler {
  private final PrintStream err;

  UncaughtExceptions(PrintStream err) {
    this.err = err;
  }

  @Override
  public void uncaughtException(Thread thread, Throwable failure) {
    if (String.valueOf(failure.getMessage()).startsWith("unable to create native thread")) return;
    err.print("Exception in thread \"" + thread.getName() + "\" ");
    failure.printStackTrace(err);
  }
}
