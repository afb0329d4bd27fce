package dev.sessiontoken.cli.git;

import dev.sessiontoken.client.ExternalAuth;
import dev.sessiontoken.spi.SessionTokenException.BadAnswer;
import java.util.Set;

/**
 * User name and password handed to git.
 *
 * @param username never a token where the host takes any name: git repeats it in the arguments of
 *     programs, which other users of the machine see
 * @param password never empty
 */
record GitLogin(String username, String password) {

  /** What GitHub documents for tokens; the other types listed here look at the password alone. */
  private static final String ANY_NAME = "x-access-token";

  private static final Set<String> TAKE_ANY_NAME =
      Set.of("github", "gitea", "azure-devops", "azure-devops-entra");

  /**
   * As the type of the provider wants it.
   *
   * @throws BadAnswer if the deployment names one that does not fit on a line
   */
  static GitLogin of(ExternalAuth.Linked linked) throws BadAnswer {
    String password = linked.password().isEmpty() ? linked.username() : linked.password();
    if (password.isEmpty()) password = linked.accessToken();
    String username = linked.username();
    boolean isToken = username.isEmpty() || username.equals(password);
    if (isToken && TAKE_ANY_NAME.contains(linked.type())) username = ANY_NAME;
    if (username.isEmpty()) username = password;
    return new GitLogin(onOneLine(username), onOneLine(password));
  }

  private static String onOneLine(String text) throws BadAnswer {
    if (text.chars().noneMatch(Character::isISOControl)) return text;
    throw new BadAnswer(
        "read the login for git",
        "its user name or password holds control characters",
        "is this a Coder deployment?",
        null);
  }

  /** Leaves the secrets out. */
  @Override
  public String toString() {
    return "GitLogin";
  }
}
