package dev.sessiontoken.cli;

import dev.sessiontoken.cli.agent.AgentFlags;
import dev.sessiontoken.cli.command.ExitCode;
import dev.sessiontoken.cli.command.Terminal;
import dev.sessiontoken.http.WarmUp;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The process: the only class that touches {@link System}. Its instance is the shutdown hook. */
final class Main implements Runnable {
  private final PrintStream err = standardError();
  private final Program coder =
      new Program(
          new Terminal(System.in, new FileOutputStream(FileDescriptor.out), err, new Watched()),
          System.getenv(),
          InstantSource.system(),
          providers());
  private volatile boolean ended;

  private Main() {}

  public static void main(String[] args) {
    new Main().start(args);
  }

  static PrintStream standardError() {
    return new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
  }

  private void start(String[] args) {
    System.setOut(err); // whatever a provider prints: standard output is for the answer alone
    System.setIn(InputStream.nullInputStream()); // what is on it is for commands alone
    Thread.setDefaultUncaughtExceptionHandler(new ThreadEnd(err));
    Runtime.getRuntime().addShutdownHook(new Thread(this, "shutdown"));
    if (Runtime.getRuntime().availableProcessors() > 1) warmUpBeside();
    end(coder.run(args));
  }

  private static void warmUpBeside() {
    var thread = new Thread(warmUp(), "warm-up");
    thread.setDaemon(true);
    try {
      thread.start();
    } catch (OutOfMemoryError e) {
      return; // no more threads are to be had: whether one is needed, the command finds out
    }
  }

  /** For the call that is most likely to come. */
  static WarmUp warmUp() {
    String deployment = System.getenv().getOrDefault(AgentFlags.URL.variable(), "");
    return new WarmUp(deployment.startsWith("https:"));
  }

  /** The first who comes here decides. Threads and hooks of others must not change the end. */
  private synchronized void end(int status) {
    ended = true;
    coder.endChildren();
    Runtime.getRuntime().halt(status);
  }

  /** The JVM ends before the command has: by a signal, or because somebody called {@code exit}. */
  @Override
  public void run() {
    if (ended) return;
    var threads = Thread.getAllStackTraces();
    for (var thread : threads.keySet()) {
      var code = signalled(thread.getName());
      if (code != null) end(code.number());
    }
    if (coder.passOverExit()) awaitEnd();
    ErrorReport.exitFromWithin(err, threads.values(), coder.droppedInUse());
    end(ExitCode.BUG.number());
  }

  /** The command goes on, and ends the process: a hook that returned would end it now. */
  private static void awaitEnd() {
    try {
      Thread.currentThread().join();
    } catch (InterruptedException e) {
      return; // somebody wants it to end now
    }
  }

  /** Where jars with providers are dropped in: a folder of the image. */
  static Path providers() {
    return Path.of(System.getProperty("java.home"), "providers");
  }

  /**
   * Whether standard error is a terminal, as Linux tells: the JDK's console asks of standard input
   * and output only. A class that {@link TrainingRun} can load: a lambda here would be in no cache.
   */
  static final class Watched implements BooleanSupplier {
    @Override
    public boolean getAsBoolean() {
      try {
        return Files.readSymbolicLink(Path.of("/proc/self/fd/2"))
            .toString()
            .matches("/dev/(pts/|tty|console).*");
      } catch (IOException e) {
        return false;
      }
    }
  }

  /**
   * Tells that a thread has ended by an exception, as the JDK does it; but not where another thread
   * was not to be had, which is what the JDK's client ends by: the command itself says that.
   */
  static final class ThreadEnd implements Thread.UncaughtExceptionHandler {
    private final PrintStream err;

    ThreadEnd(PrintStream err) {
      this.err = err;
    }

    @Override
    public void uncaughtException(Thread thread, Throwable failure) {
      if (String.valueOf(failure.getMessage()).startsWith("unable to create native thread")) return;
      err.print("Exception in thread \"" + thread.getName() + "\" ");
      failure.printStackTrace(err);
    }
  }

  /** By the name of the thread on which the JDK of the image handles a signal. */
  private static @Nullable ExitCode signalled(String thread) {
    return switch (thread) {
      case "SIGINT handler" -> ExitCode.INTERRUPTED;
      case "SIGTERM handler", "SIGHUP handler" -> ExitCode.TERMINATED;
      default -> null;
    };
  }
}
