package dev.sessiontoken.cli;

import dev.sessiontoken.cli.command.ExitCode;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/**
 * Ends the process. Runs as the JVM's shutdown hook when the JVM ends before the command has: by a
 * signal, or because code within the process called {@code System.exit}.
 */
final class ShutdownHook implements Runnable {
  private final Program program;
  private final PrintStream err;
  private volatile boolean ended;

  ShutdownHook(Program program, PrintStream err) {
    this.program = program;
    this.err = err;
  }

  /**
   * Ends the process; the first caller's status wins. {@code halt}, so that hooks and threads of
   * providers cannot change it.
   */
  synchronized void end(int status) {
    ended = true;
    program.endChildren();
    Runtime.getRuntime().halt(status);
  }

  /** Under the same lock: the end of a child ends the command, whose status must not win. */
  private synchronized void endBySignal(int status) {
    program.endAllChildren();
    end(status);
  }

  @Override
  public void run() {
    if (ended) return;
    var threads = Thread.getAllStackTraces();
    for (var thread : threads.keySet()) {
      var code = signalled(thread.getName());
      if (code != null) endBySignal(code.number());
    }
    ErrorReport.exitFromWithin(err, threads.values(), program.droppedInUse());
    end(ExitCode.BUG.number());
  }

  /** Recognises a signal by the name of the thread on which the image's JDK handles it. */
  private static @Nullable ExitCode signalled(String thread) {
    return switch (thread) {
      case "SIGINT handler" -> ExitCode.INTERRUPTED;
      case "SIGHUP handler" -> ExitCode.HUNG_UP;
      case "SIGTERM handler" -> ExitCode.TERMINATED;
      default -> null;
    };
  }
}
