package dev.sessiontoken.cli.git;

import dev.sessiontoken.cli.agent.AgentFlags;
import dev.sessiontoken.cli.agent.CleartextUrls;
import dev.sessiontoken.cli.agent.Login;
import dev.sessiontoken.cli.args.Arguments;
import dev.sessiontoken.cli.args.Flag;
import dev.sessiontoken.cli.command.Command;
import dev.sessiontoken.cli.command.ExitCode;
import dev.sessiontoken.cli.command.Invocation;
import dev.sessiontoken.cli.command.Outcome;
import dev.sessiontoken.client.ExternalAuthQuery;
import dev.sessiontoken.client.UnknownProviderException;
import dev.sessiontoken.spi.SessionTokenException;
import java.time.Duration;
import java.util.List;

/** Answers git when it asks for a user name or a password. */
public final class GitAskPass implements Command {
  private static final int NO_ANSWER = 1; // git then falls back to a prompt of its own

  /**
   * Whether the program is called as git's {@code GIT_ASKPASS}: with a question and no command.
   * Under git, any argument with a blank is one; elsewhere, such as under git-lfs, what is plainly
   * a question.
   */
  public static boolean isAsked(Arguments arguments) {
    if (arguments.operands().size() != 1) return false;
    String only = arguments.operands().getFirst();
    if (only.chars().noneMatch(Character::isWhitespace)) return false;
    return arguments.environment().containsKey("GIT_PREFIX") || GitPrompt.isQuestion(only);
  }

  @Override
  public String words() {
    return "gitaskpass";
  }

  @Override
  public String summary() {
    return "answer git's question for a user name or password";
  }

  @Override
  public String description() {
    return """
    Answers a question of git, such as "Username for 'https://github.com': ", with
    the user's login at the provider that serves the URL. If the user must log in
    first, says where and waits; not in CI, nor under GIT_TERMINAL_PROMPT=0.

    The agent sets GIT_ASKPASS to this program, and git calls it with its question
    alone: "gitaskpass" need not be said then.
    """;
  }

  @Override
  public List<String> operands() {
    return List.of("question");
  }

  @Override
  public List<Flag> flags() {
    return AgentFlags.and(Login.TIMEOUT, Login.NO_OPEN);
  }

  @Override
  public Duration patience(Arguments arguments) {
    return Login.limitUnderGit(arguments);
  }

  @Override
  public boolean isForResident(Arguments arguments) {
    return AgentFlags.isForResident(arguments);
  }

  @Override
  public Outcome run(Invocation invocation) throws SessionTokenException, InterruptedException {
    var prompt = GitPrompt.parse(invocation.operand());
    if (prompt.isEmpty()) {
      invocation.tell(
          "coder: this is no question of git for a user name or password, or its host can be read"
              + " in two ways");
      return new Outcome(NO_ANSWER, "");
    }
    String url = prompt.get().url();
    var refusal = CleartextUrls.refusal(url, invocation.arguments());
    if (refusal.isPresent()) {
      invocation.tell("coder: " + refusal.get());
      return new Outcome(NO_ANSWER, "");
    }
    try (var client = AgentFlags.connect(invocation)) {
      var patience = Login.limitUnderGit(invocation.arguments());
      var linked = new Login(invocation, patience).account(ExternalAuthQuery.url(url), client);
      if (linked.isEmpty()) return new Outcome(ExitCode.LOGIN_REQUIRED, "");
      var login = GitLogin.of(linked.get());
      return Outcome.ok(
          (prompt.get().wantsPassword() ? login.password() : login.username()) + "\n");
    } catch (UnknownProviderException e) {
      invocation.tell(
          "coder: no provider for "
              + prompt.get().host()
              + ", so git falls back to asking by itself: "
              + e.getMessage());
      return new Outcome(NO_ANSWER, "");
    }
  }
}
