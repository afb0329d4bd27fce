package dev.sessiontoken.provider.command;

import dev.sessiontoken.process.RunningProgram.Finished;
import dev.sessiontoken.spi.ProviderContext;
import dev.sessiontoken.spi.Secrets;
import dev.sessiontoken.spi.SessionToken;
import dev.sessiontoken.spi.SessionTokenException;
import dev.sessiontoken.spi.SessionTokenException.BadAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.StringTokenizer;

/**
 * What one run of the command has said: passes its standard error on, and judges its end. What the
 * command has printed is hidden in lines of standard error that come with the end: a script that
 * traces itself ({@code set -x}) would show the token.
 */
final class Report {
  private static final int MAX_HIDDEN = 20;
  private static final int LONG_WORD = 8; // shorter ones are ordinary words
  private static final int LONGEST_WORD = 4096; // no token is longer

  private final String step;
  private final ProviderContext context;
  private String lastLine = "";

  Report(String step, ProviderContext context) {
    this.step = step;
    this.context = context;
  }

  /** Passes a line of standard error on. */
  void pass(String line) {
    lastLine = line;
    context.tell("auth command: " + line);
  }

  /** Returns the token, or throws what the end of the command stands for. */
  SessionToken token(Finished finished) throws SessionTokenException {
    var secrets = printed(finished.output());
    for (String line : finished.lines()) pass(secrets.hide(line));
    lastLine = secrets.hide(lastLine);
    if (finished.isTooLong()) throw bad("it prints more than 64 KiB");
    if (finished.status() != 0) throw ExitStatus.failure(step, finished.status(), lastLine);
    try {
      return PrintedToken.read(finished.output());
    } catch (IllegalArgumentException e) {
      throw bad(String.valueOf(e.getMessage()));
    }
  }

  /** Returns the token; of output that holds none, the words that may be secrets. */
  private static Secrets printed(String output) {
    try {
      return Secrets.of(List.of(PrintedToken.read(output).value()));
    } catch (IllegalArgumentException e) {
      var words = new StringTokenizer(output, " \t\n\r\f\"',:;=");
      var secrets = new ArrayList<String>();
      while (words.hasMoreTokens() && secrets.size() < MAX_HIDDEN) {
        String word = words.nextToken();
        if (word.length() >= LONG_WORD && word.length() <= LONGEST_WORD) secrets.add(word);
      }
      return Secrets.of(secrets);
    }
  }

  private BadAnswer bad(String problem) {
    return new BadAnswer(
        step, problem, "it must print a token, or a JSON object with the member token", null);
  }
}
