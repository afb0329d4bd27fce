package dev.sessiontoken.cli;

import dev.sessiontoken.cli.agent.NoSuchFieldInAnswerException;
import dev.sessiontoken.cli.args.OutputFormat;
import dev.sessiontoken.cli.args.UsageException;
import dev.sessiontoken.cli.command.ExitCode;
import dev.sessiontoken.client.ApiException;
import dev.sessiontoken.client.UnknownProviderException;
import dev.sessiontoken.discovery.BrokenProviderException;
import dev.sessiontoken.http.Json;
import dev.sessiontoken.spi.CoderException;
import dev.sessiontoken.spi.Printable;
import dev.sessiontoken.spi.SessionTokenException;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reports on standard error, in one line, why a command failed and what to do next; and maps the
 * failure to an exit code.
 */
final class ErrorReport {
  private static final int MAX_LINE = 2000;
  private static final int MAX_CAUSES = 20;

  private final PrintStream err;
  private final OutputFormat format;
  private final boolean verbose;

  /**
   * Creates a report that has nothing to say yet.
   *
   * @param verbose whether causes are reported, and the places in the code where a bug happened
   */
  ErrorReport(PrintStream err, OutputFormat format, boolean verbose) {
    this.err = err;
    this.format = format;
    this.verbose = verbose;
  }

  /** Reports a failure and returns the exit code for it. */
  ExitCode about(Throwable failure) {
    var code = exitCode(failure);
    if (failure instanceof BrokenProviderException) reportBrokenProvider(failure);
    else if (code == ExitCode.BUG) reportBug(failure);
    else if (failure instanceof OutOfMemoryError) reportLimit(failure);
    else if (code == ExitCode.INTERRUPTED) print(code, "interrupted", "", null);
    else {
      String problem = FlagHints.withFlags(String.valueOf(failure.getMessage()));
      if (verbose) printCauses(failure);
      print(code, problem, FlagHints.withFlags(hint(failure)), answer(failure));
    }
    return code;
  }

  private static ExitCode exitCode(Throwable failure) {
    return switch (failure) {
      case UsageException e -> ExitCode.USAGE;
      case SessionTokenException.NotConfigured e -> ExitCode.NOT_CONFIGURED;
      case SessionTokenException.Rejected e -> ExitCode.REFUSED;
      case UnknownProviderException e -> ExitCode.NOT_FOUND;
      case NoSuchFieldInAnswerException e -> ExitCode.NOT_FOUND;
      case SessionTokenException.Unreachable e -> ExitCode.UNREACHABLE;
      case SessionTokenException.BadAnswer e -> ExitCode.BAD_ANSWER;
      case InterruptedException e -> ExitCode.INTERRUPTED;
      case OutOfMemoryError e -> ExitCode.UNREACHABLE;
      default -> ExitCode.BUG;
    };
  }

  /** Reports that standard output could not be written. */
  ExitCode aboutOutput(IOException failure) {
    print(
        ExitCode.UNREACHABLE,
        "write the answer to standard output: " + failure.getMessage(),
        "is the reader gone?",
        null);
    return ExitCode.UNREACHABLE;
  }

  /**
   * Reports that code within this process called {@code System.exit}.
   *
   * @param stacks of all threads: one of them names the caller
   * @param jar the jar or folder of the dropped-in provider in use, if there is one
   */
  static void exitFromWithin(
      PrintStream err, Collection<StackTraceElement[]> stacks, Optional<Path> jar) {
    var caller = stacks.stream().map(ErrorReport::callersOfExit).filter(each -> each.length > 0);
    var frames = caller.findFirst().orElse(new StackTraceElement[0]);
    new ErrorReport(err, OutputFormat.TEXT, false)
        .print(
            ExitCode.BUG,
            "the program was ended from within, before the command had finished"
                + (frames.length == 0 ? "" : ", by " + frames[0].getClassName())
                + jar.map(path -> " while the provider in " + path + " was in use").orElse("")
                + ", internal error "
                + id("exit", frames),
            "",
            null);
  }

  /** Returns the frames from the one on that called {@code System.exit}; none if none did. */
  private static StackTraceElement[] callersOfExit(StackTraceElement[] stack) {
    return Arrays.stream(stack)
        .dropWhile(frame -> !isExit(frame))
        .dropWhile(ErrorReport::isExit)
        .toArray(StackTraceElement[]::new);
  }

  private static boolean isExit(StackTraceElement frame) {
    String type = frame.getClassName();
    boolean isJdk = type.equals("java.lang.System") || type.equals("java.lang.Runtime");
    return isJdk && frame.getMethodName().equals("exit");
  }

  private static String hint(Throwable failure) {
    return failure instanceof CoderException e ? e.hint() : "";
  }

  /** The JDK reports with the same error that it gets no more memory, and no more threads. */
  private void reportLimit(Throwable failure) {
    boolean isThreads = String.valueOf(failure.getMessage()).contains("native thread");
    print(
        ExitCode.UNREACHABLE,
        isThreads ? "no more threads are to be had" : "the memory is used up",
        isThreads
            ? "raise the limit of processes (ulimit -u, pids of the container) or of memory"
            : "is the answer, or a dropped-in provider, extraordinarily large?",
        null);
  }

  /** Leaves the message of an unexpected exception out: it may hold a secret. */
  private void reportBug(Throwable bug) {
    print(
        ExitCode.BUG,
        "internal error "
            + id(bug)
            + " ("
            + bug.getClass().getName()
            + "), a bug of this program: please report it",
        verbose ? "" : "-v tells where it happened",
        null);
    if (verbose) printPlaces(bug);
  }

  /** Shows the message, which is this program's own and names the jar. */
  private void reportBrokenProvider(Throwable mistake) {
    String where = verbose ? "" : "; -v tells where it happened";
    String hint = "report it to the author of that jar" + where;
    var cause = mistake.getCause();
    String id = id(cause == null ? mistake : cause);
    print(ExitCode.BUG, mistake.getMessage() + ", internal error " + id, hint, null);
    if (verbose) printPlaces(mistake);
  }

  private void printPlaces(Throwable bug) {
    var e = bug;
    for (int i = 0; e != null && i < MAX_CAUSES; i++, e = e.getCause()) {
      err.print("coder: " + shown(e) + "\n");
      for (var frame : e.getStackTrace()) err.print("coder:   at " + frame + "\n");
    }
  }

  private void printCauses(Throwable failure) {
    var e = failure.getCause();
    for (int i = 0; e != null && i < MAX_CAUSES; i++, e = e.getCause()) {
      err.print("coder: cause: " + shown(e) + "\n");
    }
  }

  /** Leaves messages out, which may hold secrets; the JVM's own name the class that is wrong. */
  private static String shown(Throwable e) {
    boolean isOfJvm = e instanceof LinkageError || e instanceof ClassNotFoundException;
    String name = e.getClass().getName();
    return isOfJvm ? name + ": " + Printable.of(String.valueOf(e.getMessage()), MAX_LINE) : name;
  }

  /** Returns the same id for the same bug in the same version. */
  private static String id(Throwable bug) {
    return id(bug.getClass().getName(), bug.getStackTrace());
  }

  private static String id(String kind, StackTraceElement[] frames) {
    int hash = 31 * kind.hashCode() + Arrays.hashCode(frames);
    return String.format(Locale.ROOT, "%08x", hash);
  }

  /** Finds the deployment's refusal among the causes of a failure. */
  private static @Nullable ApiException answer(Throwable failure) {
    for (var e = failure; e != null; e = e.getCause())
      if (e instanceof ApiException api) return api;
    return null;
  }

  private void print(
      ExitCode code, @Nullable String problem, String hint, @Nullable ApiException answer) {
    String said = String.valueOf(problem);
    if (format == OutputFormat.JSON) {
      err.print(Printable.json(json(code, said, hint, answer).toString()) + "\n");
    } else {
      String next = hint.isEmpty() ? "" : "; " + Printable.of(hint, MAX_LINE);
      err.print("coder: " + Printable.of(said, MAX_LINE) + next + "\n");
    }
    err.flush();
  }

  private static JsonObject json(
      ExitCode code, String problem, String hint, @Nullable ApiException answer) {
    var error = Json.provider().createObjectBuilder();
    error.add("code", code.number());
    error.add("error", Printable.of(problem, MAX_LINE));
    error.add("hint", hint);
    if (answer != null) {
      error.add("status", answer.status());
      error.add("detail", Printable.of(String.valueOf(answer.getMessage()), MAX_LINE));
      answer.requestId().ifPresent(id -> error.add("request_id", id));
    }
    return error.build();
  }
}
