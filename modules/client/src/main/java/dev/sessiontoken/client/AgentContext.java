package dev.sessiontoken.client;

import dev.sessiontoken.spi.Deadline;
import dev.sessiontoken.spi.ProviderContext;
import dev.sessiontoken.spi.SessionToken;
import dev.sessiontoken.spi.SessionTokenException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/** The part of the client that a provider may use while it obtains one token. */
record AgentContext(
    CoderClient client, URI deployment, Map<String, String> options, Deadline deadline)
    implements ProviderContext {

  @Override
  public Optional<String> option(String name) {
    return Optional.ofNullable(options.get(name));
  }

  @Override
  public void step(String what) {
    client.tell(what);
  }

  @Override
  public SessionToken exchange(String endpoint, Map<String, String> evidence)
      throws SessionTokenException, InterruptedException {
    return client.exchange(endpoint, evidence, deadline);
  }

  /** Leaves the options out: some are secrets. */
  @Override
  public String toString() {
    return "AgentContext[deployment=" + deployment + ", options=" + options.keySet() + "]";
  }
}
