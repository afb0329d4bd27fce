package dev.sessiontoken.discovery;

import dev.sessiontoken.spi.Deadline;
import dev.sessiontoken.spi.ProviderContext;
import dev.sessiontoken.spi.SessionToken;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/** A context with a deadline, without options or a deployment. */
record PlainContext(Deadline deadline) implements ProviderContext {

  @Override
  public URI deployment() {
    return URI.create("https://coder.example.com");
  }

  @Override
  public Optional<String> option(String name) {
    return Optional.empty();
  }

  @Override
  public SessionToken exchange(String endpoint, Map<String, String> evidence) {
    throw new AssertionError("no exchange was expected");
  }
}
