package dev.sessiontoken.testkit;

import dev.sessiontoken.spi.Deadline;
import dev.sessiontoken.spi.ProviderContext;
import dev.sessiontoken.spi.ServiceHttp;
import dev.sessiontoken.spi.SessionToken;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * A context of given options, for providers that do not ask the deployment: {@link #exchange} fails
 * the test. Its deadline is ten seconds after each question for it. {@link #http} sends requests
 * directly, without pauses and proxies, and accepts any certificate of a server on loopback.
 * Declared defaults of options come from {@link ProviderCalls} and {@link ProviderContractTest}.
 *
 * @param options values by name
 */
public record FixedContext(Map<String, String> options) implements ProviderContext {

  @Override
  public URI deployment() {
    return URI.create("https://coder.example.com");
  }

  @Override
  public Optional<String> option(String name) {
    return Optional.ofNullable(options.get(name));
  }

  @Override
  public Deadline deadline() {
    return Deadline.in(Duration.ofSeconds(10));
  }

  @Override
  public ServiceHttp http() {
    return new DirectHttp(deadline());
  }

  @Override
  public SessionToken exchange(String endpoint, Map<String, String> evidence) {
    throw new AssertionError("asked the deployment at " + endpoint);
  }
}
