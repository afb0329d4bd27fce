package dev.sessiontoken.cli;

import dev.sessiontoken.client.ExternalAuth;
import java.time.Instant;
import java.util.List;

/** Prints the user's OAuth token of a provider, or the page to log in at. */
final class AccessToken implements Command {
  private static final Flag EXTRA =
      Flag.value(
          "--extra",
          "PATH",
          "",
          "print the field at this GJSON path of the provider's answer instead");

  @Override
  public String words() {
    return "external-auth access-token";
  }

  @Override
  public String summary() {
    return "print the user's token of an external provider such as github";
  }

  @Override
  public String description() {
    return """
    Prints the token with exit code 0, or, if the user has to log in first, the URL
    of the page for that with exit code 1. Nothing else goes to standard output, and
    no line end follows.

      if OUT=$(coder external-auth access-token github); then
        echo "the token is in OUT"
      elif [ $? -eq 1 ]; then
        echo "log in first: $OUT"
      fi

      coder external-auth access-token slack --extra authed_user.id
    """;
  }

  @Override
  public List<String> operands() {
    return List.of("provider");
  }

  @Override
  public List<Flag> flags() {
    return AgentFlags.and(EXTRA, OutputFormat.FLAG);
  }

  @Override
  public Outcome run(Invocation call) throws Exception {
    String id = call.operand();
    if (id.isEmpty()) throw new UsageException("the provider's id is empty");
    var format = OutputFormat.of(call.arguments());
    var extra = call.arguments().value(EXTRA).filter(path -> !path.isEmpty()).map(Extra::parse);
    try (var client = AgentFlags.connect(call)) {
      var account = client.externalAuth(id, call.deadline());
      if (account instanceof ExternalAuth.Linked linked) { // a switch costs 10 ms of start-up
        return Outcome.ok(
            extra.isPresent()
                ? extra.get().of(linked, format)
                : token(linked, format, call.clock().instant()));
      }
      var login = (ExternalAuth.LoginRequired) account;
      return new Outcome(
          ExitCode.LOGIN_REQUIRED,
          format == OutputFormat.JSON ? Account.json(login) : login.url().toString());
    }
  }

  private static String token(ExternalAuth.Linked linked, OutputFormat format, Instant now) {
    return format == OutputFormat.JSON ? Account.json(linked, now) : linked.accessToken();
  }
}
