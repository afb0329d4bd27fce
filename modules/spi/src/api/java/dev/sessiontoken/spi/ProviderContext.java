package dev.sessiontoken.spi;

import java.net.URI;
import java.util.Map;
import java.util.Optional;

/** What a provider may use while it obtains one token. Made for one call, used by one thread. */
public interface ProviderContext {

  /** The deployment that the token is for: {@code http} or {@code https}, without user info. */
  URI deployment();

  /**
   * The value of one of the provider's own options. Who gave it, flag or variable, is settled.
   *
   * @param name as the provider declared it
   * @return the value, empty if it was not given and has no default
   */
  Optional<String> option(String name);

  /** When the whole command must have ended; the provider's own waits keep within it. */
  Deadline deadline();

  /**
   * Says what begins now, for people who look for a fault and for the message should time run out.
   * Does not block. The default says it to nobody.
   *
   * @param what one line; never a secret
   */
  default void step(String what) {}

  /**
   * Trades evidence of who this machine is for a token: {@code POST
   * /api/v2/workspaceagents/<endpoint>}, sent without credentials. Blocks until the deadline at
   * most.
   *
   * @param endpoint last segment of the path, such as {@code aws-instance-identity}
   * @param evidence fields of the request, in the service's own names
   * @return the token that the deployment issued, never null
   * @throws SessionTokenException if the deployment refused the evidence, could not be reached or
   *     gave an answer that makes no sense
   * @throws InterruptedException if the calling thread was interrupted
   */
  SessionToken exchange(String endpoint, Map<String, String> evidence)
      throws SessionTokenException, InterruptedException;
}
