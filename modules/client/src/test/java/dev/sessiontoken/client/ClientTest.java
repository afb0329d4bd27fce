package dev.sessiontoken.client;

import static org.assertj.core.api.Assertions.catchThrowable;

import dev.sessiontoken.http.DeploymentSettings;
import dev.sessiontoken.spi.Deadline;
import dev.sessiontoken.spi.SessionTokenException;
import dev.sessiontoken.spi.SessionTokenProvider;
import dev.sessiontoken.testkit.FakeCoder;
import dev.sessiontoken.testkit.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/** A fake deployment, and a client with the token of one of its agents. */
@Timeout(60)
abstract class ClientTest {
  final FakeCoder coder = FakeCoder.start();
  private final List<CoderClient> clients = new ArrayList<>();

  @AfterEach
  void close() {
    clients.forEach(CoderClient::close);
    coder.close();
  }

  final CoderClient client(SessionTokenProvider provider) {
    try {
      var settings = DeploymentSettings.of(coder.url()).withUserAgent("test/1");
      var client = new CoderClient(settings.withPause(_ -> {}), provider, Map.of());
      clients.add(client);
      return client;
    } catch (SessionTokenException e) {
      throw new AssertionError(e);
    }
  }

  final CoderClient client() {
    return client(Tokens.fixed(coder.agentToken()));
  }

  static Deadline soon() {
    return Deadline.in(Duration.ofSeconds(30));
  }

  /** Reads this body as answer to the external-auth call. */
  final ExternalAuth read(String body) throws Exception {
    coder.fault(Fault.json(200, body));
    return client().externalAuth(ExternalAuthQuery.id("github"), soon());
  }

  /** Exception of the external-auth call for this fault. */
  final Throwable failure(Fault fault) {
    coder.faultAlways(fault); // always: some of these faults are retried
    return catchThrowable(() -> client().externalAuth(ExternalAuthQuery.id("github"), soon()));
  }
}
