package dev.sessiontoken.spi;

import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * What a provider may use while it obtains one token. Made for one call of {@link
 * SessionTokenProvider#obtain}, used by the thread of that call.
 */
public interface ProviderContext {

  /**
   * Returns the base URL of the Coder deployment that the token is for: scheme {@code http} or
   * {@code https}, without user info. Never null. Does not block.
   */
  URI deployment();

  /**
   * Returns the value of one of the provider's own options, whether a flag, a variable or the
   * option's default gave it. Does not block.
   *
   * @param name as {@link ProviderOption#name} declares it
   * @return the value; empty if none was given and the option has no default. Never null
   */
  Optional<String> option(String name);

  /** Returns when the provider must have ended. Never null. Does not block. */
  Deadline deadline();

  /**
   * Reports which step begins now. Shown to users who ask for every step, and in the message if the
   * time limit ends the step. The default reports to no one. Does not block.
   *
   * @param what one line, such as {@code read the token file}; never a secret
   */
  default void step(String what) {}

  /**
   * Trades evidence of this machine's identity for a token: {@code POST
   * /api/v2/workspaceagents/<endpoint>} of the deployment, sent without credentials, as Coder's API
   * for workspace agents describes. Blocks until the deadline at most.
   *
   * @param endpoint last segment of the path, such as {@code aws-instance-identity}
   * @param evidence the members of the JSON request by name, as that endpoint wants them
   * @return the token that the deployment issued, never null
   * @throws SessionTokenException if the deployment refused the evidence, could not be reached, or
   *     gave an answer that cannot be used
   * @throws IllegalArgumentException if the endpoint is not one segment of lower case letters,
   *     digits and hyphens
   * @throws InterruptedException if the calling thread was interrupted
   */
  SessionToken exchange(String endpoint, Map<String, String> evidence)
      throws SessionTokenException, InterruptedException;
}
