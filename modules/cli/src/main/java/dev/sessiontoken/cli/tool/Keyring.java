package dev.sessiontoken.cli.tool;

import dev.sessiontoken.cli.agent.AgentFlags;
import dev.sessiontoken.cli.args.Arguments;
import dev.sessiontoken.cli.args.Flag;
import dev.sessiontoken.cli.command.ExitCode;
import dev.sessiontoken.cli.command.Invocation;
import dev.sessiontoken.cli.command.Outcome;
import dev.sessiontoken.cli.command.ProtocolCommand;
import dev.sessiontoken.cli.process.ProgramPath;
import dev.sessiontoken.client.UnknownProviderException;
import dev.sessiontoken.http.Json;
import dev.sessiontoken.spi.Printable;
import dev.sessiontoken.spi.SessionTokenException;
import dev.sessiontoken.spi.SessionTokenException.NotConfigured;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Answers pip and uv in place of the program {@code keyring}: they call it by this name and read
 * what it prints. Everything but the look-up of a host in the hosts map is handed to the next
 * program of that name in the path.
 */
public final class Keyring implements ProtocolCommand {
  private static final String NAME = "keyring";
  private static final int FAILED = 1;

  /** Set for the next program: another image of this program must not hand over in turn. */
  private static final String GUARD = "CODER_KEYRING";

  @Override
  public String words() {
    return NAME;
  }

  @Override
  public String summary() {
    return "be the program keyring for pip and uv";
  }

  @Override
  public String description() {
    return """
    Answers "keyring get URL [USER]" for hosts of the hosts map, with the flags that
    pip and uv give (--mode, --output). Other calls go to the next keyring in the
    path. The folder "keyring" of the image holds the program under that name: put
    it first in the path of pip and uv.
      PATH=IMAGE/keyring:$PATH pip install --keyring-provider subprocess …
    """;
  }

  @Override
  public List<String> operands() {
    return List.of("-- arguments of keyring");
  }

  @Override
  public boolean accepts(Arguments arguments) {
    return true;
  }

  @Override
  public List<Flag> flags() {
    return AgentFlags.and();
  }

  /** Bounds the call of the deployment by the time limit, and the next keyring not at all. */
  @Override
  public Duration patience(Arguments arguments) {
    return Duration.ofDays(365);
  }

  @Override
  public Outcome run(Invocation invocation)
      throws UnknownProviderException, SessionTokenException, InterruptedException {
    var lookUp = KeyringLookUp.parse(invocation.arguments().operands());
    if (lookUp.isEmpty()) return handOver(invocation);
    var rule = rule(lookUp.get(), invocation);
    if (rule.isEmpty()) return handOver(invocation);
    return switch (HostLogins.ask(rule.get(), invocation)) {
      case HostAnswer.Login login -> Outcome.ok(text(lookUp.get(), login));
      case HostAnswer.LoginDue due -> due.outcome(invocation);
      case HostAnswer.None _ -> new Outcome(FAILED, "");
    };
  }

  @Override
  public Outcome failed(ExitCode code, String line) {
    return new Outcome(FAILED, "");
  }

  /** The names of other services need not be hosts. */
  private static Optional<HostRule> rule(KeyringLookUp lookUp, Invocation invocation)
      throws NotConfigured {
    ToolHost host;
    try {
      host = ToolHost.parse(lookUp.service());
    } catch (NotConfigured e) {
      return Optional.empty();
    }
    var rule = HostLogins.rule(host, invocation);
    return rule.filter(each -> lookUp.isFor(each.user()));
  }

  private static String text(KeyringLookUp lookUp, HostAnswer.Login login) {
    if (lookUp.isJson()) {
      var json = Json.provider().createObjectBuilder().add("username", login.username());
      return json.add("password", login.token()).build() + "\n";
    }
    return (lookUp.wantsUser() ? login.username() + "\n" : "") + login.token() + "\n";
  }

  private static Outcome handOver(Invocation invocation)
      throws NotConfigured, InterruptedException {
    var next = next(invocation);
    if (next.isEmpty()) return new Outcome(FAILED, "");
    var command = new ArrayList<>(List.of(next.get().toString()));
    command.addAll(invocation.arguments().operands());
    var builder = invocation.children().builder(command);
    builder.inheritIO().environment().put(GUARD, "1");
    try {
      return new Outcome(invocation.children().await(builder, _ -> {}), "");
    } catch (IOException e) {
      throw new NotConfigured(
          "run " + Printable.of(next.get().toString(), 300), "it cannot be started", "", e);
    }
  }

  private static Optional<Path> next(Invocation invocation) {
    var arguments = invocation.arguments();
    if (arguments.variable(GUARD).isPresent()) return Optional.empty();
    String path = arguments.variable("PATH").orElse("");
    return ProgramPath.next(NAME, path, program -> isOwn(program, invocation.launcher()));
  }

  /**
   * The image's own, in the folder beside that of the launcher, or another name of the launcher.
   */
  private static boolean isOwn(Path program, Path launcher) {
    try {
      var own = launcher.toRealPath().resolve("../../keyring").resolve(NAME);
      boolean isImages = Files.exists(own) && Files.isSameFile(program, own);
      return isImages || Files.isSameFile(program, launcher);
    } catch (IOException e) {
      return false;
    }
  }
}
