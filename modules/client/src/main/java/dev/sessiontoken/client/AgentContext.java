package dev.sessiontoken.client;

import dev.sessiontoken.discovery.DeclaredOptions;
import dev.sessiontoken.spi.Deadline;
import dev.sessiontoken.spi.ProviderContext;
import dev.sessiontoken.spi.Secrets;
import dev.sessiontoken.spi.ServiceHttp;
import dev.sessiontoken.spi.SessionToken;
import dev.sessiontoken.spi.SessionTokenException;
import dev.sessiontoken.spi.SessionTokenProvider;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The part of the client that a provider may use while it obtains one token. For one thread. */
final class AgentContext implements ProviderContext {
  private static final int MOST_LINES = 20;

  private final CoderClient client;
  private final SessionTokenProvider provider;
  private final URI deployment;
  private final Map<String, String> options;
  private final Deadline deadline;
  private int lines;
  private @Nullable ServiceHttp http;

  AgentContext(
      CoderClient client,
      SessionTokenProvider provider,
      URI deployment,
      Map<String, String> options,
      Deadline deadline) {
    this.client = client;
    this.provider = provider;
    this.deployment = deployment;
    this.options = options;
    this.deadline = deadline;
  }

  @Override
  public URI deployment() {
    return deployment;
  }

  @Override
  public Optional<String> option(String name) {
    String given = options.get(name);
    return given == null
        ? DeclaredOptions.value(provider, name, Optional.empty())
        : Optional.of(given);
  }

  @Override
  public Deadline deadline() {
    return deadline;
  }

  @Override
  public void step(String what) {
    client.tell(what);
  }

  @Override
  public void tell(String line) {
    lines++;
    if (lines < MOST_LINES) client.say(Secrets.of(secrets()).hide(line));
    else if (lines == MOST_LINES) client.say("what else the provider tells is left out");
  }

  private List<String> secrets() {
    return DeclaredOptions.secrets(provider, this::option);
  }

  @Override
  public ServiceHttp http() {
    var present = http;
    if (present == null) {
      present = client.serviceHttp(secrets(), deadline);
      http = present;
    }
    return present;
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
