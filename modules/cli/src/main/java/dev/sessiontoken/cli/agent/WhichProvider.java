package dev.sessiontoken.cli.agent;

import dev.sessiontoken.client.CoderClient;
import dev.sessiontoken.client.ExternalAuth;
import dev.sessiontoken.client.UnknownProviderException;
import dev.sessiontoken.spi.Deadline;
import dev.sessiontoken.spi.SessionTokenException;

/**
 * The provider that is meant.
 *
 * @param name its id, or a URL that it serves
 * @param isId which of the two
 */
public record WhichProvider(String name, boolean isId) {

  static WhichProvider called(String id) {
    return new WhichProvider(id, true);
  }

  public static WhichProvider matching(String url) {
    return new WhichProvider(url, false);
  }

  /** The account as it is now. */
  public ExternalAuth account(CoderClient client, Deadline deadline)
      throws UnknownProviderException, SessionTokenException, InterruptedException {
    return isId ? client.externalAuth(name, deadline) : client.externalAuthMatch(name, deadline);
  }

  /** Asks for the account once the user has logged in. */
  public LoginWait.Poll poll(CoderClient client) {
    return deadline ->
        isId
            ? client.awaitExternalAuth(name, deadline)
            : client.awaitExternalAuthMatch(name, deadline);
  }
}
