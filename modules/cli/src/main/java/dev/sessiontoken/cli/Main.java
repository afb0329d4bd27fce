package dev.sessiontoken.cli;

import dev.sessiontoken.cli.agent.AgentFlags;
import dev.sessiontoken.cli.command.Terminal;
import dev.sessiontoken.cli.process.StandardOutput;
import dev.sessiontoken.http.WarmUp;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.InstantSource;

/**
 * The process: gives the program its streams and its environment, and ends with the program's exit
 * code. Only this class, its neighbours that it creates, and {@link TrainingRun} touch {@link
 * System}.
 */
final class Main {
  private Main() {}

  public static void main(String[] args) {
    var out = new StandardOutput();
    var terminal =
        new Terminal(
            System.in,
            out,
            StandardError.open(),
            IsTerminal.STANDARD_ERROR,
            IsTerminal.STANDARD_OUTPUT);
    var program = program(terminal);
    var err = program.err();
    keepStreamsForCommands(err, program.libraryLog());
    Thread.setDefaultUncaughtExceptionHandler(new UncaughtExceptions(err));
    var end = new ShutdownHook(program, err);
    Runtime.getRuntime().addShutdownHook(new Thread(end, "shutdown"));
    if (Runtime.getRuntime().availableProcessors() > 1 && isTls()) startWarmUp();
    end.end(program.run(args));
  }

  /** Creates the program with this process's environment, clock and image. */
  static Program program(Terminal terminal) {
    var image = Path.of(System.getProperty("java.home"));
    var launcher =
        System.getProperty("sessiontoken.launcher", image.resolve("bin/coder").toString());
    return new Program(
        terminal, System.getenv(), InstantSource.system(), Thread::sleep, image, Path.of(launcher));
  }

  /**
   * Keeps providers from writing into the answer or showing secrets, and from a command's input.
   */
  private static void keepStreamsForCommands(PrintStream err, PrintStream libraryLog) {
    System.setOut(err);
    System.setErr(libraryLog);
    System.setIn(InputStream.nullInputStream());
  }

  private static void startWarmUp() {
    var thread = new Thread(new WarmUp(), "warm-up");
    thread.setDaemon(true);
    try {
      thread.start();
    } catch (OutOfMemoryError e) {
      return; // no thread is left: if the command needs one, it fails and reports that itself
    }
  }

  /** Returns whether the deployment in the environment speaks TLS. */
  static boolean isTls() {
    return System.getenv().getOrDefault(AgentFlags.URL.variable(), "").startsWith("https:");
  }
}
