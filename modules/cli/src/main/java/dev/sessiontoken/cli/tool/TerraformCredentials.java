package dev.sessiontoken.cli.tool;

import dev.sessiontoken.cli.agent.AgentFlags;
import dev.sessiontoken.cli.args.Arguments;
import dev.sessiontoken.cli.args.Flag;
import dev.sessiontoken.cli.args.UsageException;
import dev.sessiontoken.cli.command.ExitCode;
import dev.sessiontoken.cli.command.Invocation;
import dev.sessiontoken.cli.command.Outcome;
import dev.sessiontoken.cli.command.ProtocolCommand;
import dev.sessiontoken.client.UnknownProviderException;
import dev.sessiontoken.http.Json;
import dev.sessiontoken.spi.SessionTokenException;
import java.util.List;

/** Answers terraform and OpenTofu as a credentials helper, by their page "Credentials Helpers". */
public final class TerraformCredentials implements ProtocolCommand {
  private static final int FAILED = 1;

  @Override
  public String words() {
    return "terraform-credentials";
  }

  @Override
  public String summary() {
    return "be terraform's credentials helper: get";
  }

  @Override
  public String description() {
    return """
    Prints the token for a host of the hosts map as JSON, and {} for other hosts.
    "store" and "forget" fail, for nothing is kept here. The same program is
    bin/terraform-credentials-coder; terraform looks for it in
    ~/.terraform.d/plugins, and .terraformrc names it:
      credentials_helper "coder" {}
    """;
  }

  @Override
  public List<String> operands() {
    return List.of("operation", "host");
  }

  /** Arguments of terraform's configuration come before the operation. */
  @Override
  public boolean accepts(Arguments arguments) {
    return arguments.operands().size() >= 2;
  }

  @Override
  public List<Flag> flags() {
    return AgentFlags.and();
  }

  @Override
  public Outcome run(Invocation invocation)
      throws UnknownProviderException, SessionTokenException, InterruptedException {
    var operands = invocation.arguments().operands().reversed();
    return switch (operands.get(1)) {
      case "get" -> get(operands.getFirst(), invocation);
      case "store", "forget" -> {
        invocation.tell("coder: nothing is kept here: the deployment keeps the user's tokens");
        yield new Outcome(FAILED, "");
      }
      default -> throw new UsageException("terraform-credentials takes get, store or forget");
    };
  }

  @Override
  public Outcome failed(ExitCode code, String line) {
    return new Outcome(FAILED, "");
  }

  private static Outcome get(String host, Invocation invocation)
      throws UnknownProviderException, SessionTokenException, InterruptedException {
    return switch (HostLogins.ask(ToolHost.parse(host), invocation)) {
      case HostAnswer.Login login -> Outcome.ok(json(login));
      case HostAnswer.LoginDue due -> due.outcome(invocation);
      case HostAnswer.None _ -> Outcome.ok("{}\n");
    };
  }

  private static String json(HostAnswer.Login login) {
    return Json.provider().createObjectBuilder().add("token", login.token()).build() + "\n";
  }
}
