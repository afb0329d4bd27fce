package dev.sessiontoken.provider.command;

import dev.sessiontoken.process.InheritedVariables;
import dev.sessiontoken.process.RunningProgram;
import dev.sessiontoken.spi.Printable;
import dev.sessiontoken.spi.ProviderContext;
import dev.sessiontoken.spi.ProviderOption;
import dev.sessiontoken.spi.SessionToken;
import dev.sessiontoken.spi.SessionTokenException;
import dev.sessiontoken.spi.SessionTokenException.NotConfigured;
import dev.sessiontoken.spi.SessionTokenException.Unreachable;
import dev.sessiontoken.spi.SessionTokenProvider;
import java.io.File;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeoutException;

/**
 * Runs the command that {@code CODER_AUTH_COMMAND} names, and takes the session token from its
 * output: the way for those who write no Java.
 *
 * <p>The value is a program with its arguments, as {@link CommandWords} splits it; no shell reads
 * it. The program has an empty standard input and the user's environment without the secrets of
 * this program; {@code CODER_URL} holds the deployment's URL. {@link PrintedToken} says what it may
 * print, {@link ExitStatus} what its exit status means. It has 64 KiB for its output, and until the
 * context's deadline; then it is ended with all that it has started. {@link #obtain} blocks until
 * it has ended. What the program leaves behind in the background, with its standard output or
 * standard error open, is ended as well.
 */
public final class TokenCommand implements SessionTokenProvider {
  private static final int MAX_BYTES = 64 * 1024;
  private static final ProviderOption COMMAND =
      ProviderOption.plain(
          "command", "CODER_AUTH_COMMAND", "a program with arguments that prints the token");

  /** Variables that hold secrets, or would make a command that runs {@code coder} run itself. */
  private static final List<String> WITHHELD =
      List.of("CODER_SESSION_TOKEN", "CODER_HEADER", "CODER_HEADER_COMMAND", COMMAND.variable());

  @Override
  public String name() {
    return "command";
  }

  @Override
  public List<ProviderOption> options() {
    return List.of(COMMAND);
  }

  @Override
  public SessionToken obtain(ProviderContext context)
      throws SessionTokenException, InterruptedException {
    var words = words(context.option(COMMAND.name()).orElse(""));
    String step = "run the command " + Printable.of(words.getFirst());
    context.step(step);
    try (var program = RunningProgram.start(builder(words, context))) {
      var report = new Report(step, context);
      return report.token(program.await(context.deadline(), MAX_BYTES, report::pass));
    } catch (TimeoutException e) {
      throw new Unreachable(step, "time limit reached", "a longer time limit may help", e);
    } catch (IOException e) {
      throw notStarted(step, e);
    }
  }

  private static List<String> words(String command) throws NotConfigured {
    String step = "read the command of " + COMMAND.variable();
    if (command.isBlank()) {
      throw new NotConfigured(step, "none is given", "set " + COMMAND.variable(), null);
    }
    try {
      return CommandWords.of(command);
    } catch (IllegalArgumentException e) {
      throw new NotConfigured(
          step,
          String.valueOf(e.getMessage()),
          "it is a program with arguments, or a JSON list of strings",
          null);
    }
  }

  private static ProcessBuilder builder(List<String> words, ProviderContext context) {
    var builder = new ProcessBuilder(words).redirectInput(new File("/dev/null"));
    var environment = builder.environment();
    InheritedVariables.restore(environment);
    environment.keySet().removeAll(WITHHELD);
    environment.put("CODER_URL", context.deployment().toString());
    return builder;
  }

  private static SessionTokenException notStarted(String step, IOException failure) {
    String words = String.valueOf(failure.getMessage());
    int at = Math.max(0, words.lastIndexOf("error")); // the JDK ends with number and text of it
    String hint = COMMAND.variable() + " names a program, by its path or to be found in PATH";
    return switch (number(words, at)) {
      case 2 -> new NotConfigured(step, "there is no such program", hint, failure);
      case 13 -> new NotConfigured(step, "this user may not execute it", hint, failure);
      case 11, 12, 23, 24 -> // EAGAIN, ENOMEM, ENFILE, EMFILE
          new Unreachable(
              step,
              "it cannot be started: " + Printable.of(words.substring(at)),
              "memory, processes or files of this machine are used up",
              failure);
      default ->
          new NotConfigured(
              step, "it cannot be started: " + Printable.of(words.substring(at)), hint, failure);
    };
  }

  /** Returns the first number in a text from an index on; 0 if the text has none. */
  private static int number(String text, int from) {
    int number = 0;
    for (int i = from; i < text.length(); i++) {
      int digit = text.charAt(i) - '0';
      if (digit >= 0 && digit <= 9) number = 10 * number + digit;
      else if (number > 0) return number;
    }
    return number;
  }
}
