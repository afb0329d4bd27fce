package dev.sessiontoken.cli.agent;

import dev.sessiontoken.cli.args.Arguments;
import dev.sessiontoken.cli.args.Flag;
import dev.sessiontoken.cli.command.Command;
import dev.sessiontoken.cli.command.ExitCode;
import dev.sessiontoken.cli.command.Invocation;
import dev.sessiontoken.cli.command.Outcome;
import dev.sessiontoken.client.ExternalAuth;
import dev.sessiontoken.client.ExternalAuthQuery;
import java.time.Duration;
import java.util.List;

/** Shows the page to log in at a provider, and waits until the user has logged in. */
public final class ExternalAuthLogin implements Command {

  @Override
  public String words() {
    return "external-auth login";
  }

  @Override
  public String summary() {
    return "open the page to log in at a provider, and wait for it";
  }

  @Override
  public String description() {
    return """
    Says on standard error at which page to log in, opens it in a browser if that is
    a terminal, and waits. Exit code 0 once the user has logged in, 1 if that did
    not happen in time.
    """;
  }

  @Override
  public List<String> operands() {
    return List.of("provider");
  }

  @Override
  public List<Flag> flags() {
    return AgentFlags.and(Login.TIMEOUT, Login.NO_OPEN);
  }

  @Override
  public Duration patience(Arguments arguments) {
    return Login.limit(arguments);
  }

  @Override
  public Outcome run(Invocation invocation) throws Exception {
    var query = ExternalAuthQuery.id(invocation.operand());
    try (var client = AgentFlags.connect(invocation)) {
      var account = client.externalAuth(query, invocation.deadline());
      if (account instanceof ExternalAuth.LoginRequired page) {
        var login = new Login(invocation, patience(invocation.arguments()));
        boolean isLinked = login.await(page, query, client).isPresent();
        return new Outcome(isLinked ? ExitCode.OK : ExitCode.LOGIN_REQUIRED, "");
      }
      invocation.tell("The user is logged in already.");
      return Outcome.ok("");
    }
  }
}
