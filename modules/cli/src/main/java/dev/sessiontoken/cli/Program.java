package dev.sessiontoken.cli;

import dev.sessiontoken.cli.agent.AccessToken;
import dev.sessiontoken.cli.agent.AgentFlags;
import dev.sessiontoken.cli.agent.AuthProviders;
import dev.sessiontoken.cli.agent.ExternalAuthList;
import dev.sessiontoken.cli.agent.ExternalAuthLogin;
import dev.sessiontoken.cli.args.Arguments;
import dev.sessiontoken.cli.args.CommandLine;
import dev.sessiontoken.cli.args.CommonFlags;
import dev.sessiontoken.cli.args.Durations;
import dev.sessiontoken.cli.args.Flag;
import dev.sessiontoken.cli.args.OutputFormat;
import dev.sessiontoken.cli.args.UsageException;
import dev.sessiontoken.cli.command.Command;
import dev.sessiontoken.cli.command.DroppedInJars;
import dev.sessiontoken.cli.command.Invocation;
import dev.sessiontoken.cli.command.Outcome;
import dev.sessiontoken.cli.command.Phases;
import dev.sessiontoken.cli.command.ProtocolCommand;
import dev.sessiontoken.cli.command.SecretFilter;
import dev.sessiontoken.cli.command.Steps;
import dev.sessiontoken.cli.command.Terminal;
import dev.sessiontoken.cli.command.Version;
import dev.sessiontoken.cli.git.GitAskPass;
import dev.sessiontoken.cli.git.GitCredential;
import dev.sessiontoken.cli.git.GitSsh;
import dev.sessiontoken.cli.git.PublicKey;
import dev.sessiontoken.cli.git.SetupGit;
import dev.sessiontoken.cli.process.ChildProcesses;
import dev.sessiontoken.cli.process.Host;
import dev.sessiontoken.cli.process.OwnProcess;
import dev.sessiontoken.cli.resident.ResidentStart;
import dev.sessiontoken.cli.resident.ResidentStatus;
import dev.sessiontoken.cli.resident.ResidentStop;
import dev.sessiontoken.cli.resident.ServerProcess;
import dev.sessiontoken.cli.tool.CargoCredential;
import dev.sessiontoken.cli.tool.CredentialHelper;
import dev.sessiontoken.cli.tool.DockerCredential;
import dev.sessiontoken.cli.tool.Exec;
import dev.sessiontoken.cli.tool.GoAuth;
import dev.sessiontoken.cli.tool.Hosts;
import dev.sessiontoken.cli.tool.Keyring;
import dev.sessiontoken.cli.tool.KubeCredential;
import dev.sessiontoken.cli.tool.PnpmToken;
import dev.sessiontoken.cli.tool.SetupDocker;
import dev.sessiontoken.cli.tool.SetupHost;
import dev.sessiontoken.cli.tool.TerraformCredentials;
import dev.sessiontoken.cli.workspace.LogsSend;
import dev.sessiontoken.cli.workspace.ReportStatus;
import dev.sessiontoken.cli.workspace.WaitReinit;
import dev.sessiontoken.http.Pause;
import dev.sessiontoken.spi.Deadline;
import dev.sessiontoken.spi.Printable;
import dev.sessiontoken.spi.SessionTokenException.Unreachable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
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
 * The program: chooses a command, runs it within its time limit, reports how it ended.
 *
 * <p>May run any number of times in one JVM, also at once: nothing is kept between runs.
 */
public final class Program {

  /** Grace after the deadline; then the command's thread is abandoned. */
  private static final Duration GRACE = Duration.ofMillis(300);

  /** Length from which a word with a digit is taken for a possible secret. */
  private static final int LONG_WORD = 12;

  private final List<Command> commands;
  private final SecretFilter secrets = new SecretFilter();
  private final ChildProcesses children;
  private final DroppedInJars droppedIn;
  private final Terminal terminal;

  /** Gets the steps, if {@code CODER_VERBOSE} names a file. */
  private final Optional<PrintStream> file;

  /** Standard error alone. */
  private final PrintStream screen;

  private final LibraryLog libraryLog;
  private final Map<String, String> environment;

  private final Host host;
  private final Path image;
  private final Path launcher;
  private final InstantSource clock;
  private final Pause pause;
  private final Phases phases;

  /** Creates a program that has not run yet, for a process of its own, with all commands. */
  Program(
      Terminal terminal,
      Map<String, String> environment,
      InstantSource clock,
      Pause pause,
      Path image,
      Path launcher) {
    this(commands(), new OwnProcess(), terminal, environment, clock, pause, image, launcher);
  }

  /**
   * Creates a program that has not run yet.
   *
   * @param commands what {@link #commands(ResidentStart)} returns
   * @param host the process that runs the program
   * @param terminal where it reads and writes
   * @param environment variables by name
   * @param clock the time of day
   * @param pause waits between tries and polls
   * @param image the folder of the image
   * @param launcher absolute path by which the program was called, links in it not followed
   */
  public Program(
      List<Command> commands,
      Host host,
      Terminal terminal,
      Map<String, String> environment,
      InstantSource clock,
      Pause pause,
      Path image,
      Path launcher) {
    this.commands = List.copyOf(commands);
    this.host = host;
    this.image = image;
    this.file = file(environment, terminal.err());
    this.screen = secrets.filter(terminal.err());
    this.terminal =
        new Terminal(
            terminal.in(),
            terminal.out(),
            file.isPresent() ? VerboseFile.both(screen, file.get()) : screen,
            terminal.errIsTerminal(),
            terminal.isShown());
    this.libraryLog = new LibraryLog(file.orElse(screen));
    this.environment = environment;
    this.launcher = launcher;
    this.clock = clock;
    this.pause = pause;
    this.phases = new Phases(environment, terminal.err(), clock);
    this.children = new ChildProcesses(environment, host);
    this.droppedIn = new DroppedInJars(image, host, environment, children, terminal.out());
  }

  /** In a shared process, a call that tells its steps is refused: see {@link #requireFit}. */
  private Optional<PrintStream> file(Map<String, String> environment, PrintStream err) {
    String name = environment.getOrDefault(CommonFlags.VERBOSE.variable(), "");
    if (host.isShared() || !name.startsWith("/")) return Optional.empty();
    return VerboseFile.open(name, err).map(secrets::filter);
  }

  /** Returns all commands of the command line, in the order in which help lists them. */
  static List<Command> commands() {
    return commands(new ResidentStart(new ServerProcess()));
  }

  /**
   * Returns all commands, in the order in which help lists them.
   *
   * @param start the command that starts the resident helper: the helper itself has another one
   */
  public static List<Command> commands(ResidentStart start) {
    return List.of(
        new AccessToken(),
        new ExternalAuthList(),
        new ExternalAuthLogin(),
        new GitAskPass(),
        new GitCredential(),
        new GitSsh(),
        new SetupGit(),
        new PublicKey(),
        new DockerCredential(),
        new SetupDocker(),
        new Exec(),
        new KubeCredential(),
        new GoAuth(),
        new CargoCredential(),
        new Keyring(),
        new TerraformCredentials(),
        new CredentialHelper(),
        new PnpmToken(),
        new Hosts(),
        new SetupHost(),
        new LogsSend(),
        new ReportStatus(),
        new WaitReinit(),
        new AuthProviders(),
        start,
        new ResidentStop(),
        new ResidentStatus(),
        new Version());
  }

  /** Returns standard error, on which the secrets of the run are hidden. */
  PrintStream err() {
    return terminal.err();
  }

  /** Returns what {@code System.err} is for code of providers and of their libraries. */
  PrintStream libraryLog() {
    return libraryLog.stream();
  }

  /** Returns the jar or folder of the dropped-in provider in use. */
  Optional<Path> droppedInUse() {
    return droppedIn.inUse();
  }

  /** Ends the programs that a command has started: for a process that ends before the command. */
  void endChildren() {
    children.end();
  }

  /** Ends the programs that providers have started, too: for a process that a signal ends. */
  void endAllChildren() {
    children.endAll();
  }

  /**
   * Runs one command line and returns its exit status. Throws nothing in a process of its own.
   *
   * @throws dev.sessiontoken.cli.process.NeedsOwnProcessException in a shared process, as {@link
   *     Host#requireOwn} says; not always: the host knows
   */
  public int run(String... args) {
    phases.ended("JVM");
    var line = CommandLine.parse(flags(), List.of(args));
    var arguments = line.arguments(0, environment);
    for (String each : AgentFlags.secrets(arguments)) secrets.add(each);
    libraryLog.show(isVerbose(arguments) || file.isPresent());
    var format = OutputFormat.ofErrors(arguments);
    var report = new ErrorReport(screen, format, isVerbose(arguments));
    try {
      return print(outcome(line, arguments), report);
    } catch (CommandFailedException e) {
      return failed(e.reason(), line, report);
    } catch (RuntimeException | Error e) {
      return failed(e, line, report);
    }
  }

  /** Whether standard error gets the steps: not by a variable that names a file for them. */
  private static boolean isVerbose(Arguments arguments) {
    boolean isFile = arguments.variable(CommonFlags.VERBOSE.variable()).orElse("").startsWith("/");
    boolean isGiven = !arguments.values(CommonFlags.VERBOSE).isEmpty();
    return arguments.isOn(CommonFlags.VERBOSE) && (isGiven || !isFile);
  }

  private int failed(Throwable failure, CommandLine line, ErrorReport report) {
    file.ifPresent(each -> new ErrorReport(each, OutputFormat.TEXT, true).about(failure));
    boolean isOfOthers = host.isShared() && failure instanceof OutOfMemoryError;
    if (isOfOthers) host.requireOwn("memory that other commands have used up");
    var command = CommandChoice.among(commands, line.operands()).command();
    return command.isPresent() && command.get() instanceof ProtocolCommand protocol
        ? print(answer(failure, protocol), report)
        : report.about(failure).number();
  }

  /** Callers show either stream or both: with a failing status, the message goes to both. */
  private Outcome answer(Throwable failure, ProtocolCommand command) {
    var message = new ByteArrayOutputStream();
    var filtered = secrets.filter(new PrintStream(message, true, StandardCharsets.UTF_8));
    var code = new ErrorReport(filtered, OutputFormat.TEXT, false).about(failure);
    String line = message.toString(StandardCharsets.UTF_8).strip();
    var answer = command.failed(code, line);
    boolean isTold = answer.status() == 0 && !answer.output().isEmpty();
    if (!isTold) screen.print(line + "\n");
    screen.flush();
    return answer;
  }

  /** The table of all flags: a flag may stand before the words of its command. */
  private List<Flag> flags() {
    var flags = new ArrayList<>(CommonFlags.ALL);
    flags.add(CommonFlags.VERSION);
    for (var command : commands) flags.addAll(command.flags());
    return flags;
  }

  private Outcome outcome(CommandLine line, Arguments arguments) throws CommandFailedException {
    var choice = CommandChoice.among(commands, line.operands());
    if (line.problem().isPresent()) throw mistake(line.problem().get(), choice);
    if (GitAskPass.isAsked(arguments)) return start(new GitAskPass(), arguments);
    if (!choice.isKnown()) throw unknown(choice.words(), arguments);
    if (choice.command().isPresent()) return start(choice.command().get(), line, choice);
    if (arguments.isOn(CommonFlags.HELP)) {
      return Outcome.ok(Help.of(choice.words(), CommandChoice.beginning(commands, choice.words())));
    }
    if (choice.words().isEmpty() && arguments.isOn(CommonFlags.VERSION)) {
      return start(new Version(), arguments);
    }
    throw new UsageException(
        "no command is given; \"" + ("coder " + choice.words()).strip() + " --help\" lists them");
  }

  private static UsageException unknown(String words, Arguments arguments) {
    String shown =
        mayBeSecret(words, arguments)
            ? " (it may be a secret)"
            : " \"" + Printable.of(words, 60) + "\"";
    return new UsageException("unknown command" + shown + "; \"coder --help\" lists them");
  }

  /** A blank behind {@code --agent-token=} makes a word of the token. */
  private static boolean mayBeSecret(String words, Arguments arguments) {
    for (var values : arguments.given().values()) if (values.contains("")) return true;
    boolean hasDigit = words.chars().anyMatch(Character::isDigit);
    return words.length() >= LONG_WORD && hasDigit;
  }

  private static UsageException mistake(String problem, CommandChoice choice) {
    String words = choice.command().map(each -> each.words() + " ").orElse("");
    return new UsageException(problem + "; see \"coder " + words + "--help\"");
  }

  private Outcome start(Command command, CommandLine line, CommandChoice choice)
      throws CommandFailedException {
    var own = new ArrayList<>(command.flags());
    own.addAll(CommonFlags.ALL);
    var other = line.otherThan(own);
    if (other.isPresent()) throw mistake("unknown flag " + other.get().name(), choice);
    try {
      return start(command, line.arguments(choice.count(), environment));
    } catch (UsageException e) {
      throw mistake(String.valueOf(e.getMessage()), choice);
    }
  }

  private Outcome start(Command command, Arguments arguments) throws CommandFailedException {
    if (host.isShared()) requireFit(command, arguments);
    if (arguments.isOn(CommonFlags.HELP)) return Outcome.ok(Help.of(command));
    if (!command.accepts(arguments)) throw wrongOperands(command, arguments.operands().size());
    String timeout = arguments.value(CommonFlags.TIMEOUT).orElse("");
    var limit = Durations.parse(CommonFlags.TIMEOUT, timeout);
    return start(command, arguments, limit, command.patience(arguments));
  }

  /** Steps are shown by a process of its own alone: they tell of a new connection each time. */
  private void requireFit(Command command, Arguments arguments) {
    boolean isFit = command.isForResident(arguments) && !arguments.isOn(CommonFlags.VERBOSE);
    if (!isFit) host.requireOwn(command.words());
  }

  private static UsageException wrongOperands(Command command, int given) {
    int wanted = command.operands().size();
    String names =
        wanted == 0 ? "no argument" : "one argument, the " + command.operands().getFirst();
    for (String each : command.optionalOperands()) names += ", and perhaps a " + each;
    return new UsageException(command.words() + " takes " + names + ", but got " + given);
  }

  private Outcome start(Command command, Arguments arguments, Duration limit, Duration patience)
      throws CommandFailedException {
    var deadline = Deadline.in(limit);
    boolean isShown = isVerbose(arguments) || file.isPresent();
    var details = isVerbose(arguments) ? terminal.err() : file.orElse(screen);
    var steps = new Steps(isShown, terminal.err(), details, System::nanoTime, phases, secrets);
    if (file.isPresent()) {
      file.get().print("coder: " + clock.instant() + ": " + command.words() + "\n");
    }
    var invocation =
        new Invocation(
            arguments, deadline, clock, pause, steps, terminal, droppedIn, children, host, image,
            launcher);
    phases.ended("arguments");
    var work = new FutureTask<>(() -> command.run(invocation));
    var thread = new Thread(work, "command");
    thread.setDaemon(true); // a command that never ends must not keep the process
    thread.start();
    try {
      return work.get(limit.plus(patience).plus(GRACE).toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new CommandFailedException(e.getCause());
    } catch (InterruptedException e) {
      throw new CommandFailedException(e);
    } catch (TimeoutException e) {
      throw new CommandFailedException(stuck(steps));
    } finally {
      work.cancel(true);
    }
  }

  private static Unreachable stuck(Steps steps) {
    return new Unreachable(steps.last(), "time limit reached", "--timeout allows more time", null);
  }

  private int print(Outcome outcome, ErrorReport report) {
    if (outcome.output().isEmpty()) return outcome.status();
    try {
      terminal.out().write(outcome.output().getBytes(StandardCharsets.UTF_8));
      terminal.out().flush();
      phases.ended("JSON");
      return outcome.status();
    } catch (IOException e) {
      return report.aboutOutput(e).number();
    }
  }
}
