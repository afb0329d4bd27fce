package dev.sessiontoken.cli.agent;

import dev.sessiontoken.cli.args.Arguments;
import dev.sessiontoken.cli.args.Durations;
import dev.sessiontoken.cli.args.Flag;
import dev.sessiontoken.cli.command.Invocation;
import dev.sessiontoken.client.CoderClient;
import dev.sessiontoken.client.ExternalAuth;
import dev.sessiontoken.client.ExternalAuthQuery;
import dev.sessiontoken.client.UnknownProviderException;
import dev.sessiontoken.spi.Deadline;
import dev.sessiontoken.spi.SessionTokenException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A login of the user: shows the page, opens it in a browser, waits.
 *
 * @param invocation call of the command that needs the login
 * @param patience how long to wait; not at all if zero
 */
public record Login(Invocation invocation, Duration patience) {
  public static final Flag TIMEOUT =
      Flag.value(
              "--login-timeout",
              "DURATION",
              "CODER_GIT_AUTH_TIMEOUT",
              "how long to wait for the user to log in; 0 for not at all")
          .withDefault("5m");
  public static final Flag NO_OPEN =
      Flag.onOff("--no-open", "", "CODER_NO_OPEN", "do not open the page in a browser");

  private static final Set<String> NO = Set.of("0", "false", "no", "off");

  /** Returns how long to wait, by {@code --login-timeout}: zero for not at all. */
  static Duration limit(Arguments arguments) {
    String text = arguments.value(TIMEOUT).orElse("");
    return text.equals("0") ? Duration.ZERO : Durations.parse(TIMEOUT, text);
  }

  /** As {@link #limit}, but zero in CI and under {@code GIT_TERMINAL_PROMPT=0}. */
  public static Duration limitUnderGit(Arguments arguments) {
    boolean isUnattended =
        arguments.variable("GIT_TERMINAL_PROMPT").filter(Login::isNo).isPresent();
    boolean isCi = arguments.variable("CI").filter(value -> !isNo(value)).isPresent();
    return isUnattended || isCi ? Duration.ZERO : limit(arguments);
  }

  private static boolean isNo(String value) {
    return NO.contains(value.toLowerCase(Locale.ROOT));
  }

  /**
   * Returns the account, after a login if need be; empty if the user has not logged in in time.
   * Blocks.
   *
   * @throws SessionTokenException.Unreachable if it is not known whether the user has logged in
   */
  public Optional<ExternalAuth.Linked> account(ExternalAuthQuery query, CoderClient client)
      throws UnknownProviderException, SessionTokenException, InterruptedException {
    var account = client.externalAuth(query, invocation.deadline());
    return account instanceof ExternalAuth.LoginRequired page
        ? await(page, query, client)
        : Optional.of((ExternalAuth.Linked) account);
  }

  /**
   * Shows the page and returns the account once the user has logged in; empty if not in time.
   * Blocks.
   *
   * @throws SessionTokenException.Unreachable if it is not known whether the user has logged in
   */
  public Optional<ExternalAuth.Linked> await(
      ExternalAuth.LoginRequired page, ExternalAuthQuery query, CoderClient client)
      throws UnknownProviderException, SessionTokenException, InterruptedException {
    if (!patience.isZero()) invocation.host().requireOwn("wait for a login");
    invocation.tell("Open the following URL to authenticate:\n" + page.url());
    if (patience.isZero()) return Optional.empty();
    boolean errIsTerminal = invocation.terminal().errIsTerminal().getAsBoolean();
    if (errIsTerminal && !invocation.arguments().isOn(NO_OPEN))
      Browser.open(page.url(), invocation);
    if (errIsTerminal)
      invocation.tell("Waiting up to " + words(patience) + " for it; Ctrl-C ends that.");
    var linked =
        new LoginWait(Deadline.in(patience), invocation.pause())
            .until(deadline -> client.awaitExternalAuth(query, deadline));
    invocation.tell(
        linked.isPresent()
            ? "You've been authenticated!"
            : "coder: nobody logged in within " + words(patience));
    return linked;
  }

  private static String words(Duration duration) {
    return duration.toString().substring(2).toLowerCase(Locale.ROOT);
  }
}
