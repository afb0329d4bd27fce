package dev.sessiontoken.cli;

import dev.sessiontoken.cli.command.Terminal;
import dev.sessiontoken.http.WarmUp;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs many command lines in one JVM: the build records the AOT caches from such a run. Reads one
 * command line a line from standard input: the exit code with which it must end, or {@code -} for
 * any, and its words, parted by single spaces; a word behind {@code <} is the standard input.
 * Answers are thrown away.
 *
 * <p>The warm-up, which runs beside a command, comes last: it starts java.util.logging, and before
 * that HttpClient takes loggers of other classes. A command that is ahead of the warm-up needs
 * those in the cache as well.
 */
final class TrainingRun {
  private TrainingRun() {}

  public static void main(String[] args) throws IOException {
    var report = StandardError.open(); // loads classes of the process itself as well
    Thread.setDefaultUncaughtExceptionHandler(new UncaughtExceptions(report));
    var nowhere = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
    // loads what Main ends the process with; ended in that way, this JVM would write no cache
    var _ = new ShutdownHook(Main.program(terminal("", nowhere)), report);
    var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (var line = lines.readLine(); line != null; line = lines.readLine()) {
      var words = new ArrayList<>(List.of(line.split(" ", -1)));
      var input = words.stream().filter(word -> word.startsWith("<")).findFirst().orElse("");
      words.remove(input);
      var program = Main.program(terminal(input.replace("<", ""), nowhere));
      int status = program.run(words.subList(1, words.size()).toArray(new String[0]));
      report.print(status + ", expected " + line + "\n");
      String expected = words.getFirst();
      if (!expected.equals("-") && !expected.equals(String.valueOf(status))) {
        throw new IllegalStateException("ended with " + status + ": " + line);
      }
    }
    if (Main.isTls()) new WarmUp().run();
  }

  private static Terminal terminal(String input, PrintStream nowhere) {
    return new Terminal(
        input.isEmpty()
            ? InputStream.nullInputStream() // as in calls without input
            : new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
        nowhere,
        nowhere,
        IsTerminal.STANDARD_ERROR,
        IsTerminal.STANDARD_OUTPUT);
  }
}
