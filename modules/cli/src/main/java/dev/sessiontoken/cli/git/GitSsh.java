package dev.sessiontoken.cli.git;

import dev.sessiontoken.cli.agent.AgentFlags;
import dev.sessiontoken.cli.args.Arguments;
import dev.sessiontoken.cli.args.Flag;
import dev.sessiontoken.cli.command.Command;
import dev.sessiontoken.cli.command.Invocation;
import dev.sessiontoken.cli.command.Outcome;
import dev.sessiontoken.cli.process.StderrTee;
import dev.sessiontoken.client.GitSshKey;
import dev.sessiontoken.spi.Printable;
import dev.sessiontoken.spi.SessionTokenException;
import dev.sessiontoken.spi.SessionTokenException.BadAnswer;
import dev.sessiontoken.spi.SessionTokenException.NotConfigured;
import dev.sessiontoken.spi.SessionTokenException.Unreachable;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Runs ssh for git with the user's own keys, followed by the key that the deployment keeps. */
public final class GitSsh implements Command {
  private static final String STEP = "run ssh";
  private static final String WITHOUT_KEY = "coder: ssh goes on without the deployment's key: ";
  private static final int FAILED = 255; // ssh's own failure; other codes are the remote command's

  /** Flags of ssh(1) whose value is the next argument. */
  private static final String WITH_VALUE = "-[BbcDEeFIiJLlmOopQRSWw]";

  /** Messages of OpenSSH, which has no translations. */
  private static final List<String> REFUSALS =
      List.of("Permission denied (", "No supported authentication methods available");

  private static final String TOO_MANY_KEYS = "Too many authentication failures";
  private static final String FEWER_KEYS =
      """

      The host ended the connection before it saw the deployment's key: ssh offers the
      keys of the ssh agent first, and the host takes a few only. In ~/.ssh/config,
      this keeps ssh to the keys that are named for the host, and the deployment's:

        Host HOST
          IdentitiesOnly yes
      """;

  @Override
  public String words() {
    return "gitssh";
  }

  @Override
  public String summary() {
    return "run ssh for git, with the user's key of the deployment";
  }

  @Override
  public String description() {
    return """
    Runs ssh with these arguments, and offers the key that the deployment keeps for
    the user after the user's own keys. Input, output and exit code are ssh's own.

    The agent sets GIT_SSH_COMMAND to "coder gitssh --".
    """;
  }

  @Override
  public List<String> operands() {
    return List.of("ssh arguments");
  }

  @Override
  public boolean accepts(Arguments arguments) {
    return true;
  }

  @Override
  public List<Flag> flags() {
    return AgentFlags.and();
  }

  /** Bounds the fetching of the key by the time limit, and the ssh session not at all. */
  @Override
  public Duration patience(Arguments arguments) {
    return Duration.ofDays(365);
  }

  @Override
  public Outcome run(Invocation invocation) throws SessionTokenException, InterruptedException {
    var arguments = invocation.arguments().operands();
    if (onlyPrints(arguments)) return alone(invocation);
    var key = key(invocation);
    return key.isPresent() ? withKey(key.get(), arguments, invocation) : alone(invocation);
  }

  private static Outcome withKey(GitSshKey key, List<String> arguments, Invocation invocation)
      throws SessionTokenException, InterruptedException {
    try (var file =
        UnnamedFile.holding(wholeLines(key.privateKey()), folders(invocation.arguments()))) {
      var identities = SshIdentities.find(arguments, invocation).stream();
      var all = Stream.concat(identities, Stream.of("-i", file.path().toString())).toList();
      return new Outcome(ssh(all, arguments, Optional.of(key), invocation), "");
    } catch (IOException e) {
      invocation.tell(WITHOUT_KEY + "the key cannot be handed over: " + Printable.of(e));
      return alone(invocation);
    }
  }

  /** OpenSSH reads no key whose last line has no end. */
  private static String wholeLines(String text) {
    return text.endsWith("\n") ? text : text + "\n";
  }

  /** Runs ssh with the user's own keys, as ssh finds them by itself. */
  private static Outcome alone(Invocation invocation) throws NotConfigured, InterruptedException {
    var arguments = invocation.arguments().operands();
    return new Outcome(ssh(List.of(), arguments, Optional.empty(), invocation), "");
  }

  /** Returns whether ssh only prints its settings: git tests by this which ssh it has. */
  public static boolean onlyPrints(List<String> arguments) {
    boolean hasHost = false;
    for (int i = 0; i < arguments.size(); i++) {
      String each = arguments.get(i);
      if (each.equals("-G")) return true;
      if (each.matches(WITH_VALUE)) i++;
      else if (!each.startsWith("-") && hasHost) return false; // the remote command
      else if (!each.startsWith("-")) hasHost = true;
    }
    return false;
  }

  /** Empty if the deployment has no key or is away: the user's own keys may do for the host. */
  private static Optional<GitSshKey> key(Invocation invocation)
      throws SessionTokenException, InterruptedException {
    try (var client = AgentFlags.connect(invocation)) {
      return Optional.of(client.gitSshKey(invocation.deadline()));
    } catch (Unreachable | BadAnswer e) {
      invocation.tell(WITHOUT_KEY + Printable.of(e));
      return Optional.empty();
    }
  }

  /** Returns folders for the key file, those in memory first. */
  private static List<Path> folders(Arguments arguments) {
    return Stream.of(
            arguments.variable("XDG_RUNTIME_DIR").orElse("/dev/shm"),
            "/dev/shm",
            arguments.variable("TMPDIR").orElse("/tmp"))
        .map(Path::of)
        .toList();
  }

  private static int ssh(
      List<String> identities,
      List<String> arguments,
      Optional<GitSshKey> key,
      Invocation invocation)
      throws NotConfigured, InterruptedException {
    var command = new ArrayList<>(List.of("ssh"));
    command.addAll(identities);
    command.addAll(arguments);
    invocation.trace().tell(STEP + " with " + identities.size() / 2 + " keys");
    var children = invocation.children();
    var builder =
        children.builder(command).redirectInput(Redirect.INHERIT).redirectOutput(Redirect.INHERIT);
    var stderr = new StderrTee(invocation.terminal().err());
    try {
      int status = children.await(builder, stderr);
      String end = stderr.text();
      if (status == FAILED && key.isPresent()) hint(end, key.get()).ifPresent(invocation::tell);
      return status;
    } catch (IOException e) {
      throw failed("it cannot be started: " + Printable.of(String.valueOf(e.getMessage()), 200), e);
    }
  }

  /** The hint depends on why the host refused: by the end of ssh's standard error. */
  private static Optional<String> hint(String end, GitSshKey key) {
    if (end.contains(TOO_MANY_KEYS)) return Optional.of(FEWER_KEYS);
    return REFUSALS.stream().anyMatch(end::contains)
        ? Optional.of(registration(key))
        : Optional.empty();
  }

  private static String registration(GitSshKey key) {
    return """

    The deployment keeps a key for git over SSH. Give its public half to your host,
    for all clones over SSH:

    %s

    GitHub and GitLab take it here:

      https://github.com/settings/ssh/new
      https://gitlab.com/-/profile/keys
    """
        .formatted(Printable.of(key.publicKey(), 2000));
  }

  private static NotConfigured failed(String problem, IOException cause) {
    return new NotConfigured(STEP, problem, "is OpenSSH's client there, and /proc?", cause);
  }
}
