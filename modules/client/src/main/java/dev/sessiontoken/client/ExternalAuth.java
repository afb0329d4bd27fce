package dev.sessiontoken.client;

import jakarta.json.JsonObject;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/** The user's account at an external-auth provider such as GitHub, as the deployment answers. */
public sealed interface ExternalAuth {

  /**
   * The user has logged in. Fields as in coder's codersdk/agentsdk, {@code ExternalAuthResponse}.
   *
   * @param accessToken the OAuth token: printable, never empty, never logged
   * @param type the provider's type, such as {@code github}; may be empty
   * @param username user name for git; may be the token itself
   * @param password password for git; empty if the user name is the token
   * @param expiresAt when the token expires, by this machine's clock where that differs from the
   *     deployment's by a minute or more; empty if the deployment does not say
   * @param extra further fields of the provider's answer; empty if none are configured
   */
  record Linked(
      String accessToken,
      String type,
      String username,
      String password,
      Optional<Instant> expiresAt,
      Optional<JsonObject> extra)
      implements ExternalAuth {

    /** Leaves every secret out. */
    @Override
    public String toString() {
      return "Linked[type=" + type + ", expiresAt=" + expiresAt + "]";
    }
  }

  /**
   * The user has to log in first.
   *
   * @param url the page for it: {@code http} or {@code https}
   */
  record LoginRequired(URI url) implements ExternalAuth {}
}
