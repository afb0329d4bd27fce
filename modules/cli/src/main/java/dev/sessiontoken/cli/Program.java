package dev.sessiontoken.cli;

import dev.sessiontoken.cli.agent.AccessToken;
import dev.sessiontoken.cli.agent.AuthProviders;
import dev.sessiontoken.cli.agent.ExternalAuthList;
import dev.sessiontoken.cli.agent.ExternalAuthLogin;
import dev.sessiontoken.cli.args.Arguments;
import dev.sessiontoken.cli.args.CommandLine;
import dev.sessiontoken.cli.args.CommonFlags;
import dev.sessiontoken.cli.args.Durations;
import dev.sessiontoken.cli.args.OutputFormat;
import dev.sessiontoken.cli.args.UsageException;
import dev.sessiontoken.cli.command.Command;
import dev.sessiontoken.cli.command.Invocation;
import dev.sessiontoken.cli.command.Outcome;
import dev.sessiontoken.cli.command.Phases;
import dev.sessiontoken.cli.command.Steps;
import dev.sessiontoken.cli.command.Terminal;
import dev.sessiontoken.cli.command.Version;
import dev.sessiontoken.cli.git.GitAskPass;
import dev.sessiontoken.cli.git.GitCredential;
import dev.sessiontoken.cli.git.GitSsh;
import dev.sessiontoken.cli.git.SetupGit;
import dev.sessiontoken.cli.process.ChildProcesses;
import dev.sessiontoken.discovery.DroppedInProviders;
import dev.sessiontoken.spi.Deadline;
import dev.sessiontoken.spi.SessionTokenException.Unreachable;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The program: chooses a command, runs it within its time limit, says how it ended.
 *
 * <p>May be run any number of times in one JVM, also at once: nothing is kept between runs.
 */
public final class Program {

  private static final String PROVIDER_PATH = "CODER_AUTH_PROVIDER_PATH";

  /** How much later than its deadline a command is given up that does not end by itself. */
  private static final Duration GRACE = Duration.ofMillis(300);

  private final List<Command> commands =
      List.of(
          new AccessToken(),
          new ExternalAuthList(),
          new ExternalAuthLogin(),
          new GitAskPass(),
          new GitCredential(),
          new GitSsh(),
          new SetupGit(),
          new AuthProviders(),
          new Version());
  private final ChildProcesses children = new ChildProcesses();
  private final DroppedInProviders droppedIn;
  private final Terminal terminal;
  private final Map<String, String> environment;

  private final InstantSource clock;
  private final Phases phases;

  /**
   * A program that has not run yet.
   *
   * @param terminal where it reads and writes
   * @param environment variables by name
   * @param clock tells the time of day
   * @param providers where jars with providers are dropped in, unless the environment says
   */
  Program(Terminal terminal, Map<String, String> environment, InstantSource clock, Path providers) {
    this.terminal = terminal;
    this.environment = environment;
    this.clock = clock;
    this.phases = new Phases(environment, terminal.err(), clock);
    this.droppedIn = new DroppedInProviders(folders(environment, providers));
  }

  private static List<Path> folders(Map<String, String> environment, Path usual) {
    String given = environment.getOrDefault(PROVIDER_PATH, "");
    if (given.isEmpty()) return List.of(usual);
    var folders = new ArrayList<Path>();
    for (String folder : given.split(File.pathSeparator, -1)) {
      if (!folder.isEmpty()) folders.add(Path.of(folder));
    }
    return folders;
  }

  /** For the process that is being ended by {@code System.exit}: see the providers' own method. */
  boolean passOverExit() {
    return droppedIn.passOverExit();
  }

  /** The jar or folder of the dropped-in provider that is in use. */
  Optional<Path> droppedInUse() {
    return droppedIn.chosen();
  }

  /** Ends what a command has started; for when the process ends before the command has. */
  void endChildren() {
    children.end();
  }

  /** Runs one command line and returns its exit status. Throws nothing. */
  int run(String... args) {
    phases.ended("JVM");
    var complaint = new ErrorReport(terminal.err(), OutputFormat.askedFor(List.of(args)));
    try {
      return print(outcome(List.of(args)), complaint);
    } catch (UsageException e) {
      return complaint.about(e).number();
    } catch (CommandFailedException e) {
      return (e.isVerbose() ? complaint.inFull() : complaint).about(e.reason()).number();
    } catch (RuntimeException | Error e) {
      return complaint.about(e).number();
    }
  }

  private Outcome outcome(List<String> args) throws CommandFailedException {
    if (GitAskPass.isAsked(args, environment)) return start(new GitAskPass(), args);
    var choice = CommandChoice.among(commands, args);
    if (choice.command().isPresent()) return start(choice.command().get(), choice.rest());
    if (choice.has(CommonFlags.HELP)) {
      return Outcome.ok(Help.of(choice.words(), CommandChoice.beginning(commands, choice.words())));
    }
    if (choice.words().isEmpty() && choice.has(CommonFlags.VERSION)) {
      return start(new Version(), List.of());
    }
    throw new UsageException(
        "no command is given; \"" + ("coder " + choice.words()).strip() + " --help\" lists them");
  }

  private Outcome start(Command command, List<String> rest) throws CommandFailedException {
    var flags = new ArrayList<>(command.flags());
    flags.addAll(CommonFlags.ALL);
    try {
      var arguments = CommandLine.parse(flags, environment, rest);
      if (arguments.isOn(CommonFlags.HELP)) return Outcome.ok(Help.of(command));
      if (!command.accepts(arguments)) throw wrongOperands(command, arguments.operands().size());
      String timeout = arguments.value(CommonFlags.TIMEOUT).orElse("");
      var limit = Durations.parse(CommonFlags.TIMEOUT, timeout);
      return start(command, arguments, limit, command.patience(arguments));
    } catch (UsageException e) {
      throw new UsageException(e.getMessage() + "; see \"coder " + command.words() + " --help\"");
    }
  }

  private static UsageException wrongOperands(Command command, int given) {
    int wanted = command.operands().size();
    String names =
        wanted == 0 ? "no argument" : "one argument, the " + command.operands().getFirst();
    return new UsageException(command.words() + " takes " + names + ", but got " + given);
  }

  private Outcome start(Command command, Arguments arguments, Duration limit, Duration patience)
      throws CommandFailedException {
    var deadline = Deadline.in(limit);
    boolean verbose = arguments.isOn(CommonFlags.VERBOSE);
    var steps = new Steps(verbose, terminal.err(), limit, deadline, phases);
    var invocation =
        new Invocation(arguments, deadline, clock, steps, terminal, droppedIn, children);
    phases.ended("arguments");
    var work = new FutureTask<>(() -> command.run(invocation));
    var thread = new Thread(work, "command");
    thread.setDaemon(true); // one that never ends must not keep the process
    thread.start();
    try {
      return work.get(limit.plus(patience).plus(GRACE).toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new CommandFailedException(e.getCause(), verbose);
    } catch (InterruptedException e) {
      throw new CommandFailedException(e, verbose);
    } catch (TimeoutException e) {
      throw new CommandFailedException(stuck(steps), verbose);
    } finally {
      work.cancel(true);
    }
  }

  private static Unreachable stuck(Steps steps) {
    return new Unreachable(steps.last(), "time limit reached", "--timeout allows more time", null);
  }

  private int print(Outcome outcome, ErrorReport complaint) {
    if (outcome.output().isEmpty()) return outcome.status();
    try {
      terminal.out().write(outcome.output().getBytes(StandardCharsets.UTF_8));
      terminal.out().flush();
      phases.ended("JSON");
      return outcome.status();
    } catch (IOException e) {
      return complaint.aboutOutput(e).number();
    }
  }
}
