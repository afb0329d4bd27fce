package dev.sessiontoken.cli.tool;

import dev.sessiontoken.cli.agent.AgentFlags;
import dev.sessiontoken.cli.args.Flag;
import dev.sessiontoken.cli.args.UsageException;
import dev.sessiontoken.cli.command.ExitCode;
import dev.sessiontoken.cli.command.Invocation;
import dev.sessiontoken.cli.command.Outcome;
import dev.sessiontoken.cli.command.ProtocolCommand;
import dev.sessiontoken.client.UnknownProviderException;
import dev.sessiontoken.http.Json;
import dev.sessiontoken.spi.SessionTokenException;
import dev.sessiontoken.spi.SessionTokenException.NotConfigured;
import jakarta.json.JsonException;
import jakarta.json.JsonString;
import java.io.StringReader;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Answers Bazel, and tools that took over its protocol, by the specification in
 * github.com/EngFlow/credential-helper-spec.
 */
public final class CredentialHelper implements ProtocolCommand {
  private static final int FAILED = 1;

  @Override
  public String words() {
    return "credential-helper";
  }

  @Override
  public String summary() {
    return "be Bazel's credential helper: get";
  }

  @Override
  public String description() {
    return """
    Reads a JSON object with "uri" and prints one with the headers for it, and {}
    if the hosts map lacks the host. Bazel takes a program without arguments: the
    same program is bin/credential-helper-coder.
      bazel build --credential_helper=example.com=credential-helper-coder //...
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
    if (!invocation.operand().equals("get")) {
      throw new UsageException("credential-helper takes get");
    }
    var host = ToolHost.parse(uri(ToolInput.read(invocation.terminal().in())));
    return switch (HostLogins.ask(host, invocation)) {
      case HostAnswer.Login login -> Outcome.ok(json(login));
      case HostAnswer.LoginDue due -> due.outcome(invocation);
      case HostAnswer.None _ -> Outcome.ok("{}\n");
    };
  }

  @Override
  public Outcome failed(ExitCode code, String line) {
    return new Outcome(FAILED, "");
  }

  private static String uri(String request) throws NotConfigured {
    try (var reader = Json.provider().createReader(new StringReader(request))) {
      if (reader.readObject().get("uri") instanceof JsonString uri) return uri.getString();
      throw wrong("the request has no uri", null);
    } catch (JsonException | IllegalStateException e) { // the message would quote the request
      throw wrong("the request is no JSON object", e);
    }
  }

  private static String json(HostAnswer.Login login) {
    var values = Json.provider().createArrayBuilder().add("Bearer " + login.token());
    var headers = Json.provider().createObjectBuilder().add("Authorization", values);
    var json = Json.provider().createObjectBuilder().add("headers", headers);
    login
        .expiry()
        .ifPresent(
            expiry -> json.add("expires", expiry.truncatedTo(ChronoUnit.SECONDS).toString()));
    return json.build() + "\n";
  }

  private static NotConfigured wrong(String problem, @Nullable Throwable cause) {
    return new NotConfigured(
        "read standard input", problem, "this command is for Bazel to call", cause);
  }
}
