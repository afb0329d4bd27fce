package dev.sessiontoken.cli;

import dev.sessiontoken.cli.command.Terminal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;

/**
 * Runs many command lines in one JVM: what the build records the AOT caches from. Reads one a line
 * from standard input: the status with which it must end, or - for any, and words parted by single
 * spaces. Answers are thrown away. The warm-up, which runs beside a command, comes last: it starts
 * java.util.logging, and before that HttpClient takes loggers of other classes, which a command
 * that is ahead of the warm-up needs in the cache too.
 */
final class TrainingRun {
  private TrainingRun() {}

  public static void main(String[] args) throws IOException {
    var report = Main.standardError(); // loads what is the process's own, too
    Thread.setDefaultUncaughtExceptionHandler(new Main.ThreadEnd(report));
    var nowhere = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
    var terminal =
        new Terminal(InputStream.nullInputStream(), nowhere, nowhere, new Main.Watched());
    var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (var line = lines.readLine(); line != null; line = lines.readLine()) {
      var coder = new Program(terminal, System.getenv(), InstantSource.system(), Main.providers());
      var words = List.of(line.split(" ", -1));
      int status = coder.run(words.subList(1, words.size()).toArray(new String[0]));
      report.print(status + ", expected " + line + "\n");
      String expected = words.getFirst();
      if (!expected.equals("-") && !expected.equals(String.valueOf(status))) {
        throw new IllegalStateException("ended with " + status + ": " + line);
      }
    }
    Main.warmUp().run();
  }
}
