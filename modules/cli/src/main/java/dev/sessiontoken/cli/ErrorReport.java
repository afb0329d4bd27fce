package dev.sessiontoken.cli;

import dev.sessiontoken.cli.args.OutputFormat;
import dev.sessiontoken.cli.command.ExitCode;
import dev.sessiontoken.client.ApiException;
import dev.sessiontoken.client.UnknownProviderException;
import dev.sessiontoken.discovery.BrokenProviderException;
import dev.sessiontoken.spi.Printable;
import dev.sessiontoken.spi.SessionTokenException;
import jakarta.json.JsonObject;
import jakarta.json.spi.JsonProvider;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Says on standard error, in one line, why a command failed and what to do next. */
final class ErrorReport {
  private static final int MAX_LINE = 2000;

  private final PrintStream err;
  private final OutputFormat format;
  private final boolean full;

  ErrorReport(PrintStream err, OutputFormat format) {
    this(err, format, false);
  }

  private ErrorReport(PrintStream err, OutputFormat format, boolean full) {
    this.err = err;
    this.format = format;
    this.full = full;
  }

  /** Says more about bugs of ours: where they happened. */
  ErrorReport inFull() {
    return new ErrorReport(err, format, true);
  }

  ExitCode about(Throwable failure) {
    var code = ExitCode.of(failure);
    if (failure instanceof BrokenProviderException) blame(failure);
    else if (code == ExitCode.BUG) confess(failure);
    else if (code == ExitCode.INTERRUPTED) say(code, "interrupted", "", null);
    else say(code, failure.getMessage(), hint(failure), answer(failure));
    return code;
  }

  /** The answer was there, and could not be handed over. */
  ExitCode aboutOutput(IOException failure) {
    say(
        ExitCode.UNREACHABLE,
        "write the answer to standard output: " + failure.getMessage(),
        "is the reader gone?",
        null);
    return ExitCode.UNREACHABLE;
  }

  /** Somebody called {@code System.exit}; who, if a thread's stack tells. */
  static void exitFromWithin(
      PrintStream err, Collection<StackTraceElement[]> stacks, Optional<Path> jar) {
    var caller = stacks.stream().flatMap(stack -> exitCaller(stack).stream()).findFirst();
    new ErrorReport(err, OutputFormat.TEXT)
        .say(
            ExitCode.BUG,
            "the program was ended from within, before the command had finished"
                + caller.map(frame -> ", by " + frame.getClassName()).orElse("")
                + jar.map(path -> " while the provider in " + path + " was in use").orElse(""),
            "",
            null);
  }

  private static Optional<StackTraceElement> exitCaller(StackTraceElement[] stack) {
    return Arrays.stream(stack)
        .dropWhile(frame -> !isExit(frame))
        .dropWhile(ErrorReport::isExit)
        .findFirst();
  }

  private static boolean isExit(StackTraceElement frame) {
    String type = frame.getClassName();
    boolean isJdk = type.equals("java.lang.System") || type.equals("java.lang.Runtime");
    return isJdk && frame.getMethodName().equals("exit");
  }

  private static String hint(Throwable failure) {
    return switch (failure) {
      case SessionTokenException e -> e.hint();
      case UnknownProviderException e -> e.hint();
      default -> "";
    };
  }

  /** Messages of unexpected exceptions stay unsaid: nobody has checked them for secrets. */
  private void confess(Throwable bug) {
    say(
        ExitCode.BUG,
        "internal error "
            + id(bug)
            + " ("
            + bug.getClass().getName()
            + "), a bug of this program: please report it",
        full ? "" : "-v tells where it happened",
        null);
    if (full) tellWhere(bug);
  }

  /** The message is ours, and names the jar. */
  private void blame(Throwable mistake) {
    String where = full ? "" : "; -v tells where it happened";
    String hint = "report it to whoever made that jar" + where;
    say(ExitCode.BUG, mistake.getMessage(), hint, null);
    if (full) tellWhere(mistake);
  }

  private void tellWhere(Throwable bug) {
    for (var e = bug; e != null; e = e.getCause()) {
      err.print("coder: " + e.getClass().getName() + "\n");
      for (var frame : e.getStackTrace()) err.print("coder:   at " + frame + "\n");
    }
  }

  /** The same for the same bug in the same version. */
  private static String id(Throwable bug) {
    int hash = 31 * bug.getClass().getName().hashCode() + Arrays.hashCode(bug.getStackTrace());
    return String.format(Locale.ROOT, "%08x", hash);
  }

  /** What the deployment answered, where a failure comes from that. */
  private static @Nullable ApiException answer(Throwable failure) {
    for (var e = failure; e != null; e = e.getCause())
      if (e instanceof ApiException api) return api;
    return null;
  }

  private void say(
      ExitCode code, @Nullable String problem, String hint, @Nullable ApiException answer) {
    String said = String.valueOf(problem);
    if (format == OutputFormat.JSON) {
      err.print(json(code, said, hint, answer) + "\n");
    } else {
      String next = hint.isEmpty() ? "" : "; " + Printable.of(hint, MAX_LINE);
      err.print("coder: " + Printable.of(said, MAX_LINE) + next + "\n");
    }
    err.flush();
  }

  private static JsonObject json(
      ExitCode code, String problem, String hint, @Nullable ApiException answer) {
    var error = JsonProvider.provider().createObjectBuilder();
    error.add("code", code.number());
    error.add("error", Printable.of(problem, MAX_LINE));
    error.add("hint", hint);
    if (answer != null) {
      error.add("status", answer.status());
      answer.requestId().ifPresent(id -> error.add("request_id", id));
    }
    return error.build();
  }
}
