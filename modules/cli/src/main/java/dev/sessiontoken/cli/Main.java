package dev.sessiontoken.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** The process: the only class that touches {@link System}. Its instance is the shutdown hook. */
final class Main implements Runnable {
  private final PrintStream err = standardError();
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
    var terminal = new Terminal(System.in, new FileOutputStream(FileDescriptor.out), err);
    Runtime.getRuntime().addShutdownHook(new Thread(this, "shutdown"));
    int status = new Coder(terminal, System.getenv(), InstantSource.system()).run(args);
    ended = true;
    Runtime.getRuntime().halt(status); // threads and hooks of others must not change the end
  }

  /** The JVM ends before the command has: by a signal, or because somebody called {@code exit}. */
  @Override
  public void run() {
    if (ended) return;
    var threads = Thread.getAllStackTraces();
    for (var thread : threads.keySet()) {
      var code = signalled(thread.getName());
      if (code != null) Runtime.getRuntime().halt(code.number());
    }
    Complaint.exitFromWithin(err, threads.values());
    Runtime.getRuntime().halt(ExitCode.BUG.number());
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
