package dev.sessiontoken.cli.tool;

import dev.sessiontoken.cli.agent.AgentFlags;
import dev.sessiontoken.cli.args.Flag;
import dev.sessiontoken.cli.args.UsageException;
import dev.sessiontoken.cli.command.ExitCode;
import dev.sessiontoken.cli.command.Invocation;
import dev.sessiontoken.cli.command.Outcome;
import dev.sessiontoken.cli.command.ProtocolCommand;
import dev.sessiontoken.cli.command.Version;
import dev.sessiontoken.client.UnknownProviderException;
import dev.sessiontoken.http.Json;
import dev.sessiontoken.spi.SessionTokenException;
import dev.sessiontoken.spi.SessionTokenException.NotConfigured;
import java.util.List;

/**
 * Answers docker, podman, skopeo, crane and oras as a credential helper, by the protocol of
 * github.com/docker/docker-credential-helpers: messages of failures go to standard output, and to
 * standard error, which docker passes on.
 */
public final class DockerCredential implements ProtocolCommand {
  private static final int FAILED = 1;

  /** By this text alone, callers tell "no login" from a failure. */
  private static final String NOT_FOUND = "credentials not found in native keychain\n";

  private static final String NO_SERVER = "no credentials server URL\n";

  @Override
  public String words() {
    return "docker-credential";
  }

  @Override
  public String summary() {
    return "be docker's credential helper: get, store, erase, list or version";
  }

  @Override
  public String description() {
    return """
    Speaks the protocol of docker's credential helpers: the server on standard
    input, the login as JSON on standard output. Has no login for servers that the
    hosts map lacks. "store" and "erase" do nothing, for nothing is kept here.
    "coder setup docker" has docker call it. The same program is
    bin/docker-credential-coder.
    """;
  }

  @Override
  public List<String> operands() {
    return List.of("operation");
  }

  @Override
  public List<Flag> flags() {
    return AgentFlags.and();
  }

  @Override
  public Outcome run(Invocation invocation)
      throws UnknownProviderException, SessionTokenException, InterruptedException {
    return switch (invocation.operand()) {
      case "get" -> get(invocation);
      case "store" ->
          nothing("nothing is kept: the hosts map says whose token is used", invocation);
      case "erase" -> nothing("nothing was kept, so that nothing is erased", invocation);
      case "list" -> list(invocation);
      case "version" ->
          Outcome.ok("docker-credential-coder (sessiontoken) " + Version.number() + "\n");
      default ->
          throw new UsageException("docker-credential takes get, store, erase, list, version");
    };
  }

  @Override
  public Outcome failed(ExitCode code, String line) {
    return new Outcome(FAILED, line + "\n");
  }

  private static Outcome get(Invocation invocation)
      throws UnknownProviderException, SessionTokenException, InterruptedException {
    String server = ToolInput.read(invocation.terminal().in()).stripTrailing();
    if (server.isEmpty()) return new Outcome(FAILED, NO_SERVER);
    return switch (HostLogins.ask(ToolHost.parse(server), invocation)) {
      case HostAnswer.Login login -> Outcome.ok(json(server, login));
      case HostAnswer.LoginDue due -> {
        invocation.tell(due.message()); // docker's pull shows this stream, and not the other
        yield new Outcome(FAILED, due.message() + "\n");
      }
      case HostAnswer.None _ -> new Outcome(FAILED, NOT_FOUND);
    };
  }

  private static String json(String server, HostAnswer.Login login) {
    var json = Json.provider().createObjectBuilder().add("ServerURL", server);
    json.add("Username", login.username()).add("Secret", login.token());
    return json.build() + "\n";
  }

  /** A failing {@code store} would make {@code docker login} fail. */
  private static Outcome nothing(String message, Invocation invocation) throws NotConfigured {
    ToolInput.read(invocation.terminal().in());
    invocation.tell("coder: " + message);
    return Outcome.ok("");
  }

  /** Lists nothing: callers would ask for the login of each server listed, used or not. */
  private static Outcome list(Invocation invocation) throws NotConfigured {
    ToolInput.read(invocation.terminal().in());
    return Outcome.ok("{}\n");
  }
}
