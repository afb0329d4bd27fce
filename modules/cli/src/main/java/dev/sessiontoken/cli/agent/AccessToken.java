package dev.sessiontoken.cli.agent;

import dev.sessiontoken.cli.args.Arguments;
import dev.sessiontoken.cli.args.Durations;
import dev.sessiontoken.cli.args.Flag;
import dev.sessiontoken.cli.args.OutputFormat;
import dev.sessiontoken.cli.args.UsageException;
import dev.sessiontoken.cli.command.Command;
import dev.sessiontoken.cli.command.ExitCode;
import dev.sessiontoken.cli.command.Invocation;
import dev.sessiontoken.cli.command.Outcome;
import dev.sessiontoken.client.CoderClient;
import dev.sessiontoken.client.ExternalAuth;
import dev.sessiontoken.client.ExternalAuthQuery;
import dev.sessiontoken.client.UnknownProviderException;
import dev.sessiontoken.spi.Printable;
import dev.sessiontoken.spi.SessionTokenException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Prints the user's OAuth token of a provider, or the page to log in at. */
public final class AccessToken implements Command {
  private static final Flag EXTRA =
      Flag.value(
          "--extra",
          "PATH",
          "",
          "print the field at this GJSON path of the provider's answer instead");
  private static final Flag MATCH =
      Flag.value("--match", "URL", "", "the provider that serves this URL, instead of an id");
  public static final Flag WAIT =
      Flag.value(
              "--wait", "DURATION", "", "wait for the user to log in, 5m unless it says otherwise")
          .orBare("5m");

  /** How long a token must still be valid; see {@link TokenLife}. */
  public static final Flag MIN_TTL =
      Flag.value("--min-ttl", "DURATION", "", "exit code 6 if the token expires earlier than that");

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
      elif [ $? -eq 1 ] && [ -n "$OUT" ]; then
        echo "log in first: $OUT"
      fi

      coder external-auth access-token slack --extra authed_user.id
      coder external-auth access-token --match https://github.com/org/repo --wait
    """;
  }

  @Override
  public List<String> operands() {
    return List.of("provider");
  }

  @Override
  public List<Flag> flags() {
    return AgentFlags.and(EXTRA, MATCH, WAIT, MIN_TTL, Login.NO_OPEN, OutputFormat.FLAG);
  }

  @Override
  public boolean accepts(Arguments arguments) {
    int operands = arguments.operands().size();
    return arguments.value(MATCH).isPresent() ? operands == 0 : operands == 1;
  }

  @Override
  public Duration patience(Arguments arguments) {
    return arguments.value(WAIT).map(text -> Durations.parse(WAIT, text)).orElse(Duration.ZERO);
  }

  @Override
  public boolean isForResident(Arguments arguments) {
    return AgentFlags.isForResident(arguments) && arguments.value(WAIT).isEmpty();
  }

  @Override
  public Outcome run(Invocation invocation) throws Exception {
    var query = query(invocation.arguments());
    var format = OutputFormat.of(invocation.arguments());
    var extra =
        invocation.arguments().value(EXTRA).filter(path -> !path.isEmpty()).map(ExtraField::parse);
    boolean isShown = extra.isPresent() && invocation.terminal().isShown().getAsBoolean();
    try (var client = AgentFlags.connect(invocation)) {
      var account = account(query, client, invocation);
      if (account instanceof ExternalAuth.Linked linked) { // a switch costs 10 ms of start-up
        var least = invocation.arguments().value(MIN_TTL);
        var now = invocation.clock().instant();
        if (least.isPresent()) TokenLife.require(least.get(), linked, now);
        return Outcome.ok(
            extra.isPresent()
                ? field(extra.get().of(linked, format), isShown)
                : token(linked, format, now));
      }
      var login = (ExternalAuth.LoginRequired) account;
      return new Outcome(
          ExitCode.LOGIN_REQUIRED,
          format == OutputFormat.JSON ? ExternalAuthJson.json(login) : login.url().toString());
    }
  }

  /** A field is any text of the provider's: at a terminal, it must not control the terminal. */
  private static String field(String text, boolean isShown) {
    if (!isShown) return text;
    return Stream.of(text.split("\n", -1)).map(Printable::json).collect(Collectors.joining("\n"));
  }

  private static ExternalAuthQuery query(Arguments arguments) {
    var match = arguments.value(MATCH);
    if (match.isPresent()) {
      if (match.get().isEmpty()) throw new UsageException("--match needs a URL");
      return ExternalAuthQuery.url(withoutUserInfo(match.get()));
    }
    String id = arguments.operands().getFirst();
    if (id.isEmpty()) throw new UsageException("the provider's id is empty");
    return ExternalAuthQuery.id(id);
  }

  /** A URL that was copied from a remote may hold a password, which is for that host alone. */
  private static String withoutUserInfo(String url) {
    int scheme = url.indexOf("://");
    int start = scheme < 0 ? 0 : scheme + 3;
    int end = start;
    while (end < url.length() && "/?#\\".indexOf(url.charAt(end)) < 0) end++;
    int at = url.lastIndexOf('@', end - 1);
    boolean isScp = scheme < 0 && url.substring(0, end).indexOf(':') > at; // git@host:path
    return at < start || isScp ? url : url.substring(0, start) + url.substring(at + 1);
  }

  /** Asks for the account, and with {@code --wait} waits for the user to log in. */
  private ExternalAuth account(ExternalAuthQuery query, CoderClient client, Invocation invocation)
      throws UnknownProviderException, SessionTokenException, InterruptedException {
    var account = client.externalAuth(query, invocation.deadline());
    var patience = patience(invocation.arguments());
    if (patience.isZero() || account instanceof ExternalAuth.Linked) return account;
    var page = (ExternalAuth.LoginRequired) account;
    var linked = new Login(invocation, patience).await(page, query, client);
    return linked.isPresent() ? linked.get() : page;
  }

  private static String token(ExternalAuth.Linked linked, OutputFormat format, Instant now) {
    return format == OutputFormat.JSON ? ExternalAuthJson.json(linked, now) : linked.accessToken();
  }
}
