package dev.sessiontoken.cli.tool;

import dev.sessiontoken.cli.agent.AgentFlags;
import dev.sessiontoken.cli.args.Flag;
import dev.sessiontoken.cli.command.ExitCode;
import dev.sessiontoken.cli.command.Invocation;
import dev.sessiontoken.cli.command.Outcome;
import dev.sessiontoken.cli.command.ProtocolCommand;
import dev.sessiontoken.client.UnknownProviderException;
import dev.sessiontoken.spi.SessionTokenException;
import java.util.List;

/**
 * Answers the go command as a program of {@code GOAUTH}, by the text of {@code go help goauth}:
 * without a URL at first, and with the URL that a server has refused.
 */
public final class GoAuth implements ProtocolCommand {
  private static final int FAILED = 1;

  @Override
  public String words() {
    return "goauth";
  }

  @Override
  public String summary() {
    return "be the go command's GOAUTH program";
  }

  @Override
  public String description() {
    return """
    Prints the URL prefix and the Authorization header for a URL of the hosts map,
    and nothing for other URLs. Without a URL, prints nothing: go asks again with
    the URL that a server has refused.
      go env -w GOAUTH="coder goauth"
    """;
  }

  @Override
  public List<String> optionalOperands() {
    return List.of("url");
  }

  @Override
  public List<Flag> flags() {
    return AgentFlags.and();
  }

  @Override
  public Outcome run(Invocation invocation)
      throws UnknownProviderException, SessionTokenException, InterruptedException {
    if (invocation.arguments().operands().isEmpty()) return Outcome.ok("");
    var host = ToolHost.parse(invocation.operand());
    var rule = HostLogins.rule(host, invocation);
    if (rule.isEmpty() || !host.scheme().equals("https")) return Outcome.ok("");
    return switch (HostLogins.ask(rule.get(), invocation)) {
      case HostAnswer.Login login -> Outcome.ok(text(rule.get().place(), login));
      case HostAnswer.LoginDue due -> due.outcome(invocation);
      case HostAnswer.None _ -> Outcome.ok("");
    };
  }

  @Override
  public Outcome failed(ExitCode code, String line) {
    return new Outcome(FAILED, "");
  }

  private static String text(ToolHost place, HostAnswer.Login login) {
    return place.url() + "\n\nAuthorization: " + login.authorization() + "\n\n";
  }
}
