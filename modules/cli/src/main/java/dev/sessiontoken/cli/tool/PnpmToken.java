package dev.sessiontoken.cli.tool;

import dev.sessiontoken.cli.agent.AgentFlags;
import dev.sessiontoken.cli.args.Arguments;
import dev.sessiontoken.cli.args.Flag;
import dev.sessiontoken.cli.command.ExitCode;
import dev.sessiontoken.cli.command.Invocation;
import dev.sessiontoken.cli.command.Outcome;
import dev.sessiontoken.cli.command.ProtocolCommand;
import dev.sessiontoken.client.UnknownProviderException;
import dev.sessiontoken.spi.SessionTokenException;
import java.util.List;
import java.util.Optional;

/** Answers pnpm as its token helper: prints the value of the Authorization header. */
public final class PnpmToken implements ProtocolCommand {
  private static final int FAILED = 1;

  @Override
  public String words() {
    return "pnpm-token";
  }

  @Override
  public String summary() {
    return "be pnpm's token helper, with the token of a provider";
  }

  @Override
  public String description() {
    return """
    Prints "Bearer TOKEN" with the token of the external provider. pnpm calls an
    absolute path without arguments, so that the name of a link says the provider:
      ln -s IMAGE/bin/coder ~/bin/pnpm-token-PROVIDER
    and in ~/.npmrc:  //registry.example.com/:tokenHelper=/home/me/bin/pnpm-token-…
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
    var answer = HostLogins.ask(invocation.operand(), Optional.empty(), true, invocation);
    return switch (answer) {
      case HostAnswer.Login login -> Outcome.ok(login.authorization() + "\n");
      case HostAnswer.LoginDue due -> due.outcome(invocation);
      case HostAnswer.None _ -> new Outcome(FAILED, "");
    };
  }

  @Override
  public Outcome failed(ExitCode code, String line) {
    return new Outcome(FAILED, "");
  }
}
