package dev.sessiontoken.cli.git;

import dev.sessiontoken.cli.agent.AgentFlags;
import dev.sessiontoken.cli.agent.CleartextUrls;
import dev.sessiontoken.cli.agent.Login;
import dev.sessiontoken.cli.args.Arguments;
import dev.sessiontoken.cli.args.Flag;
import dev.sessiontoken.cli.command.Command;
import dev.sessiontoken.cli.command.Invocation;
import dev.sessiontoken.cli.command.Outcome;
import dev.sessiontoken.client.CoderClient;
import dev.sessiontoken.client.ExternalAuth;
import dev.sessiontoken.client.ExternalAuthQuery;
import dev.sessiontoken.client.UnknownProviderException;
import dev.sessiontoken.spi.SessionTokenException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Answers git as a credential helper, by the protocol of git-credential(1).
 *
 * <p>Stores nothing, so {@code store} and {@code erase} do nothing: the deployment keeps the token.
 * The answer has the token's expiry, so that git's own {@code cache} helper before this one asks
 * again in time; the answer to git from 2.46 on marks the login as ephemeral, and {@code cache}
 * does not keep it then. Another user's login is not given: git says whose it wants.
 */
public final class GitCredential implements Command {
  private static final Outcome SILENCE = Outcome.ok(""); // git asks the next helper

  @Override
  public String words() {
    return "git-credential";
  }

  @Override
  public String summary() {
    return "be git's credential helper: get, store or erase";
  }

  @Override
  public String description() {
    return """
    Speaks the protocol of gitcredentials(7): attributes on standard input, those of
    the login on standard output. Is silent about hosts that the deployment has no
    provider for. "store" and "erase" do nothing, for nothing is kept here.

    "coder setup git" has git call it. The same program is bin/git-credential-coder.
    """;
  }

  @Override
  public List<String> operands() {
    return List.of("operation");
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
    var request = CredentialRequest.read(invocation.terminal().in());
    var url = request.url();
    if (!invocation.operand().equals("get") || url.isEmpty()) return SILENCE;
    var refusal = CleartextUrls.refusal(url.get(), invocation.arguments());
    if (refusal.isPresent()) {
      invocation.tell("coder: " + refusal.get());
      return SILENCE;
    }
    try (var client = AgentFlags.connect(invocation)) {
      var linked = account(request, ExternalAuthQuery.url(url.get()), client, invocation);
      return linked.isPresent() ? answer(linked.get(), request, invocation) : SILENCE;
    } catch (UnknownProviderException e) {
      invocation.trace().tell(String.valueOf(e.getMessage()));
      return SILENCE;
    }
  }

  /** Shows no login page for a user other than the one who would log in there. */
  private static Optional<ExternalAuth.Linked> account(
      CredentialRequest request, ExternalAuthQuery query, CoderClient client, Invocation invocation)
      throws UnknownProviderException, SessionTokenException, InterruptedException {
    if (!request.isForOneUser()) {
      var patience = Login.limitUnderGit(invocation.arguments());
      return new Login(invocation, patience).account(query, client);
    }
    var account = client.externalAuth(query, invocation.deadline());
    return account instanceof ExternalAuth.Linked linked ? Optional.of(linked) : Optional.empty();
  }

  private static Outcome answer(
      ExternalAuth.Linked linked, CredentialRequest request, Invocation invocation)
      throws SessionTokenException {
    var login = GitLogin.of(linked);
    if (request.accepts(login.username())) return Outcome.ok(text(linked, login, request));
    invocation.trace().tell("no answer: git wants the login of another user than the deployment's");
    return SILENCE;
  }

  /** {@code ephemeral} may be sent to callers that announce its capability, and to no others. */
  private static String text(
      ExternalAuth.Linked linked, GitLogin login, CredentialRequest request) {
    return (request.knowsEphemeral() ? "capability[]=authtype\nephemeral=1\n" : "")
        + "username="
        + login.username()
        + "\npassword="
        + login.password()
        + "\n"
        + linked
            .expiresAt()
            .map(expiry -> "password_expiry_utc=" + expiry.getEpochSecond() + "\n")
            .orElse("");
  }
}
