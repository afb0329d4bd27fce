package dev.sessiontoken.testkit;

import dev.sessiontoken.spi.Deadline;
import dev.sessiontoken.spi.ProviderContext;
import dev.sessiontoken.spi.ServiceHttp;
import dev.sessiontoken.spi.SessionToken;
import dev.sessiontoken.spi.SessionTokenException;
import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A context with a deadline of the test's, which remembers what passed through it. */
final class WatchedContext implements ProviderContext {
  private static final int SHORTEST_SECRET = 16; // shorter evidence is such as an encoding's name

  private final ProviderContext place;
  private final Deadline deadline;
  private final List<String> steps = new CopyOnWriteArrayList<>();
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final List<String> secrets = new CopyOnWriteArrayList<>();

  WatchedContext(ProviderContext place, Duration limit) {
    this.place = place;
    this.deadline = Deadline.in(limit);
  }

  /** What the provider said that it was doing. */
  List<String> steps() {
    return List.copyOf(steps);
  }

  /** What the provider told a person. */
  List<String> lines() {
    return List.copyOf(lines);
  }

  /** Evidence and credentials that were sent, and tokens that came back. */
  List<String> secrets() {
    return List.copyOf(secrets);
  }

  @Override
  public URI deployment() {
    return place.deployment();
  }

  @Override
  public Optional<String> option(String name) {
    return place.option(name);
  }

  @Override
  public Deadline deadline() {
    return deadline;
  }

  @Override
  public void step(String what) {
    steps.add(what);
    place.step(what);
  }

  @Override
  public void tell(String line) {
    lines.add(line);
    place.tell(line);
  }

  /** Requests of the kit's own contexts end by this context's deadline. */
  @Override
  public ServiceHttp http() {
    var http = place.http() instanceof DirectHttp ? new DirectHttp(deadline) : place.http();
    return request -> {
      remember(request.secrets());
      return http.send(request);
    };
  }

  @Override
  public SessionToken exchange(String endpoint, Map<String, String> evidence)
      throws SessionTokenException, InterruptedException {
    remember(evidence.values());
    var token = place.exchange(endpoint, evidence);
    secrets.add(token.value());
    return token;
  }

  private void remember(Collection<String> values) {
    values.stream().filter(value -> value.length() >= SHORTEST_SECRET).forEach(secrets::add);
  }
}
