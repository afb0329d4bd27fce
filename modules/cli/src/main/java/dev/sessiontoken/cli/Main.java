package dev.sessiontoken.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import sun.misc.Signal;

/** The process: the only class that touches {@link System}. */
final class Main {
  private volatile boolean ended;

  private Main() {}

  public static void main(String[] args) {
    new Main().start(args);
  }

  private void start(String[] args) {
    var err =
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
    System.setOut(err); // whatever a provider prints: standard output is for the answer alone
    endOn("INT", ExitCode.INTERRUPTED);
    endOn("TERM", ExitCode.TERMINATED);
    endOn("HUP", ExitCode.TERMINATED);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> endedFromWithin(err)));
    var terminal = new Terminal(System.in, new FileOutputStream(FileDescriptor.out), err);
    int status = new Coder(terminal, System.getenv()).run(args);
    ended = true;
    Runtime.getRuntime().halt(status); // threads and hooks of others must not change the end
  }

  @SuppressWarnings("sunapi") // no other API tells a signal from System.exit
  private static void endOn(String signal, ExitCode code) {
    Signal.handle(new Signal(signal), received -> Runtime.getRuntime().halt(code.number()));
  }

  /** Somebody called {@code System.exit} before the command had finished. */
  private void endedFromWithin(PrintStream err) {
    if (ended) return;
    err.print("coder: the program was ended from within, before the command had finished\n");
    Runtime.getRuntime().halt(ExitCode.BUG.number());
  }
}
