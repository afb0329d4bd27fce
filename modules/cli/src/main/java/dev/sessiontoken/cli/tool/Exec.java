package dev.sessiontoken.cli.tool;

import dev.sessiontoken.cli.agent.AccessToken;
import dev.sessiontoken.cli.agent.AgentFlags;
import dev.sessiontoken.cli.agent.Login;
import dev.sessiontoken.cli.agent.NoSuchFieldInAnswerException;
import dev.sessiontoken.cli.agent.TokenLife;
import dev.sessiontoken.cli.args.Arguments;
import dev.sessiontoken.cli.args.Durations;
import dev.sessiontoken.cli.args.Flag;
import dev.sessiontoken.cli.args.UsageException;
import dev.sessiontoken.cli.command.Command;
import dev.sessiontoken.cli.command.ExitCode;
import dev.sessiontoken.cli.command.Invocation;
import dev.sessiontoken.cli.command.Outcome;
import dev.sessiontoken.client.CoderClient;
import dev.sessiontoken.client.ExternalAuth;
import dev.sessiontoken.client.ExternalAuthQuery;
import dev.sessiontoken.client.UnknownProviderException;
import dev.sessiontoken.spi.SessionTokenException;
import dev.sessiontoken.spi.SessionTokenException.BadAnswer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Runs a command with tokens in its environment. The launcher does it: this command gets the
 * arguments before {@code --} and prints the variables, the launcher sets these and becomes the
 * command, so that no JVM is left and signals reach the command itself.
 */
public final class Exec implements Command {
  private static final Flag PRINT =
      Flag.onOff("--print", "", "", "print NAME=value lines instead, as the launcher reads them");
  private static final Flag KEEP =
      Flag.onOff("--keep-agent-token", "", "", "leave CODER_AGENT_TOKEN to the command");

  @Override
  public String words() {
    return "exec";
  }

  @Override
  public String summary() {
    return "run a command with the user's tokens in its environment";
  }

  @Override
  public String description() {
    return """
    Sets the variables that programs read for the provider's type (GH_TOKEN and
    GITHUB_TOKEN, GITLAB_TOKEN, SLACK_TOKEN, JF_ACCESS_TOKEN) or those of --env, and
    becomes the command behind "--": its exit code, signals and streams are its own.
    Before that, the exit codes are those of this program: 1 if the user must log in
    first. Variables do not renew themselves: a long job may outlive its token, and
    the helpers of "coder setup" ask again each time.
      coder exec github -- gh pr list
      coder exec github --env T --with jfrog --env U=username -- make
    WHAT is token, username or a GJSON path into the provider's answer.
    """;
  }

  @Override
  public List<String> operands() {
    return List.of("provider");
  }

  @Override
  public List<Flag> flags() {
    return AgentFlags.and(
        ExecRequest.ENV,
        ExecRequest.WITH,
        AccessToken.MIN_TTL,
        AccessToken.WAIT,
        Login.NO_OPEN,
        KEEP,
        PRINT);
  }

  @Override
  public Duration patience(Arguments arguments) {
    return arguments
        .value(AccessToken.WAIT)
        .map(text -> Durations.parse(AccessToken.WAIT, text))
        .orElse(Duration.ZERO);
  }

  @Override
  public Outcome run(Invocation invocation) throws Exception {
    var arguments = invocation.arguments();
    if (!arguments.isOn(PRINT)) {
      throw new UsageException("exec needs a command behind --: coder exec github -- gh pr list");
    }
    var requests = ExecRequest.parse(arguments);
    var least = arguments.value(AccessToken.MIN_TTL);
    least.ifPresent(text -> Durations.parse(AccessToken.MIN_TTL, text));
    var accounts = accounts(requests, invocation);
    if (accounts.size() < requests.size()) return new Outcome(ExitCode.LOGIN_REQUIRED, "");
    var lines = new StringBuilder();
    for (int i = 0; i < requests.size(); i++) {
      var linked = accounts.get(i);
      if (least.isPresent()) TokenLife.require(least.get(), linked, invocation.clock().instant());
      lines.append(lines(requests.get(i), linked));
    }
    return Outcome.ok(lines + kept(arguments));
  }

  /** The launcher takes the agent's token out of the environment. */
  private static String kept(Arguments arguments) {
    String name = AgentFlags.TOKEN.variable();
    var token = arguments.variable(name).filter(each -> each.indexOf('\n') < 0);
    return arguments.isOn(KEEP) && token.isPresent() ? name + "=" + token.get() + "\n" : "";
  }

  private static String lines(ExecRequest request, ExternalAuth.Linked linked)
      throws NoSuchFieldInAnswerException, BadAnswer {
    var given = request.variables();
    var all = given.isEmpty() ? ExecVariable.usual(request.provider(), linked.type()) : given;
    var lines = new StringBuilder();
    for (var variable : all) lines.append(variable.line(linked));
    return lines.toString();
  }

  /** Asks for all at the same time; leaves out those whose login is due, and shows the page. */
  private List<ExternalAuth.Linked> accounts(List<ExecRequest> requests, Invocation invocation)
      throws Exception {
    var accounts = new ArrayList<ExternalAuth.Linked>();
    try (var client = AgentFlags.connect(invocation)) {
      var calls = new ArrayList<FutureTask<ExternalAuth>>();
      for (var request : requests) calls.add(start(() -> ask(request, client, invocation)));
      try {
        for (int i = 0; i < calls.size(); i++) {
          String provider = requests.get(i).provider();
          linked(provider, result(calls.get(i)), client, invocation).ifPresent(accounts::add);
        }
      } finally {
        for (var call : calls) call.cancel(true);
      }
    }
    return accounts;
  }

  private static FutureTask<ExternalAuth> start(Callable<ExternalAuth> call) {
    var task = new FutureTask<>(call);
    Thread.ofVirtual().name("exec").start(task);
    return task;
  }

  private static ExternalAuth ask(ExecRequest request, CoderClient client, Invocation invocation)
      throws UnknownProviderException, SessionTokenException, InterruptedException {
    return client.externalAuth(ExternalAuthQuery.id(request.provider()), invocation.deadline());
  }

  private static ExternalAuth result(FutureTask<ExternalAuth> call) throws Exception {
    try {
      return call.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Exception cause) throw cause;
      throw e;
    }
  }

  private Optional<ExternalAuth.Linked> linked(
      String provider, ExternalAuth account, CoderClient client, Invocation invocation)
      throws UnknownProviderException, SessionTokenException, InterruptedException {
    if (account instanceof ExternalAuth.Linked linked) return Optional.of(linked);
    var login = new Login(invocation, patience(invocation.arguments()));
    var page = (ExternalAuth.LoginRequired) account;
    return login.await(page, ExternalAuthQuery.id(provider), client);
  }
}
