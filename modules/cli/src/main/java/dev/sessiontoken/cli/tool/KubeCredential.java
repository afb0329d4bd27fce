package dev.sessiontoken.cli.tool;

import dev.sessiontoken.cli.agent.AgentFlags;
import dev.sessiontoken.cli.args.Arguments;
import dev.sessiontoken.cli.args.Flag;
import dev.sessiontoken.cli.command.ExitCode;
import dev.sessiontoken.cli.command.Invocation;
import dev.sessiontoken.cli.command.Outcome;
import dev.sessiontoken.cli.command.ProtocolCommand;
import dev.sessiontoken.client.UnknownProviderException;
import dev.sessiontoken.http.Json;
import dev.sessiontoken.spi.Printable;
import dev.sessiontoken.spi.SessionTokenException;
import dev.sessiontoken.spi.SessionTokenException.NotConfigured;
import jakarta.json.JsonException;
import jakarta.json.JsonString;
import java.io.StringReader;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * Answers kubectl as a credential plugin, by the protocol of client.authentication.k8s.io: the
 * request is in an environment variable, and the answer has the version of the request.
 */
public final class KubeCredential implements ProtocolCommand {
  private static final int FAILED = 1;
  private static final String REQUEST = "KUBERNETES_EXEC_INFO";
  private static final String GROUP = "client.authentication.k8s.io/";
  private static final List<String> VERSIONS = List.of(GROUP + "v1", GROUP + "v1beta1");

  @Override
  public String words() {
    return "kube-credential";
  }

  @Override
  public String summary() {
    return "be kubectl's credential plugin, with the token of a provider";
  }

  @Override
  public String description() {
    return """
    Prints an ExecCredential with the token of the external provider and its expiry,
    in the version that kubectl asks for: v1 or v1beta1.
      kubectl config set-credentials coder --exec-command=coder \\
        --exec-api-version=client.authentication.k8s.io/v1 \\
        --exec-interactive-mode=IfAvailable \\
        --exec-arg=kube-credential --exec-arg=PROVIDER
    """;
  }

  @Override
  public List<String> operands() {
    return List.of("provider");
  }

  @Override
  public List<Flag> flags() {
    return AgentFlags.and();
  }

  @Override
  public boolean isForResident(Arguments arguments) {
    return AgentFlags.isForResident(arguments);
  }

  @Override
  public Outcome run(Invocation invocation)
      throws UnknownProviderException, SessionTokenException, InterruptedException {
    String version = version(invocation.arguments());
    var answer = HostLogins.ask(invocation.operand(), Optional.empty(), false, invocation);
    return switch (answer) {
      case HostAnswer.Login login -> Outcome.ok(json(version, login));
      case HostAnswer.LoginDue due -> due.outcome(invocation);
      case HostAnswer.None _ -> new Outcome(FAILED, "");
    };
  }

  @Override
  public Outcome failed(ExitCode code, String line) {
    return new Outcome(FAILED, "");
  }

  private static String json(String version, HostAnswer.Login login) {
    var status = Json.provider().createObjectBuilder();
    login
        .expiry()
        .ifPresent(expiry ->
            status.add("expirationTimestamp", expiry.truncatedTo(ChronoUnit.SECONDS).toString()));
    status.add("token", login.token());
    var json = Json.provider().createObjectBuilder().add("apiVersion", version);
    json.add("kind", "ExecCredential").add("status", status);
    return json.build() + "\n";
  }

  private static String version(Arguments arguments) throws NotConfigured {
    var request = arguments.variable(REQUEST);
    String version = request.isEmpty() ? VERSIONS.getFirst() : version(request.get());
    if (VERSIONS.contains(version)) return version;
    throw wrong("kubectl asks for the version \"" + Printable.of(version, 60) + "\"");
  }

  private static String version(String request) throws NotConfigured {
    try (var reader = Json.provider().createReader(new StringReader(request))) {
      return reader.readObject().get("apiVersion") instanceof JsonString text
          ? text.getString()
          : "";
    } catch (JsonException | IllegalStateException e) {
      throw wrong(REQUEST + " holds no JSON object");
    }
  }

  private static NotConfigured wrong(String problem) {
    return new NotConfigured(
        "read what kubectl asks for", problem, "known are v1 and v1beta1", null);
  }
}
