package dev.sessiontoken.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sessiontoken.http.DeploymentSettings;
import dev.sessiontoken.spi.ClientClosedException;
import dev.sessiontoken.spi.CoderException;
import dev.sessiontoken.spi.Deadline;
import dev.sessiontoken.spi.ProviderContext;
import dev.sessiontoken.spi.ProviderOption;
import dev.sessiontoken.spi.SessionToken;
import dev.sessiontoken.spi.SessionTokenException;
import dev.sessiontoken.spi.SessionTokenException.NotConfigured;
import dev.sessiontoken.spi.SessionTokenProvider;
import dev.sessiontoken.testkit.Fault;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every call of the client. */
class CoderClientContractTest extends ClientTest {
  private static final Duration LONG = Duration.ofSeconds(50);
  private static final ExternalAuthQuery GITHUB = ExternalAuthQuery.id("github");

  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch released = new CountDownLatch(1);

  @Test
  void allThatCallsThrowHasOneCheckedSupertype() {
    for (var method : CoderClient.class.getMethods()) {
      if (!Modifier.isPublic(method.getModifiers())) continue;
      boolean isOfClient = method.getDeclaringClass() == CoderClient.class;
      for (var type : isOfClient ? method.getExceptionTypes() : new Class<?>[0]) {
        boolean isExpected =
            CoderException.class.isAssignableFrom(type) || type == InterruptedException.class;
        assertThat(isExpected).as("%s throws %s", method, type).isTrue();
      }
    }
  }

  @Test
  void theSupertypeHasTheHint() {
    coder.fault(Fault.json(404, "{\"message\":\"No external auth provider found\"}"));
    assertThatThrownBy(() -> client().externalAuth(ExternalAuthQuery.id("nonsense"), soon()))
        .isInstanceOf(UnknownProviderException.class)
        .isInstanceOfSatisfying(CoderException.class, e -> assertThat(e.hint()).isNotEmpty());
  }

  /** A provider with one option, whose token comes when the test wants it. */
  private final class Held implements SessionTokenProvider {
    @Override
    public String name() {
      return "held";
    }

    @Override
    public List<ProviderOption> options() {
      return List.of(ProviderOption.secret("agent-token", "CODER_AGENT_TOKEN", "the token"));
    }

    @Override
    public SessionToken obtain(ProviderContext context)
        throws SessionTokenException, InterruptedException {
      begun.countDown();
      released.await();
      return SessionToken.of(coder.agentToken());
    }
  }

  @Test
  void refusesAnOptionThatIsMisspeltAndNamesTheRightOne() throws Exception {
    var settings = DeploymentSettings.of(URI.create("https://coder.example.com"));
    assertThatThrownBy(() -> new CoderClient(settings, new Held(), Map.of("agent-tokn", "hunter2")))
        .isInstanceOf(NotConfigured.class)
        .hasMessage("set up the provider held: it takes no option \"agent-tokn\"")
        .extracting(e -> ((NotConfigured) e).hint())
        .isEqualTo("did you mean agent-token?");
    assertThatThrownBy(() -> new CoderClient(settings, new Held(), Map.of("zone", "hunter2")))
        .isInstanceOf(NotConfigured.class)
        .extracting(e -> ((NotConfigured) e).hint())
        .isEqualTo("it takes agent-token, agent-name");
  }

  /** One call of the client. */
  interface Calling {
    Object call(CoderClient client) throws Exception;
  }

  static Stream<Calling> calls() {
    return Stream.of(
        client -> client.externalAuth(GITHUB, soon()),
        client -> client.awaitExternalAuth(GITHUB, soon()),
        client -> client.providers(soon()),
        client -> client.gitSshKey(soon()),
        client -> client.buildInfo(soon()),
        client -> client.sendLogs(Optional.empty(), List.of(), soon()),
        client -> client.reinitializations().next(soon()),
        client -> client.exchange("aws-instance-identity", Map.of(), soon()));
  }

  @ParameterizedTest
  @MethodSource("calls")
  void refusesEveryCallOnceItIsClosed(Calling calling) {
    var client = client();
    client.close();
    client.close();
    assertThatThrownBy(() -> calling.call(client))
        .isInstanceOf(ClientClosedException.class)
        .hasMessageEndingWith(": this client is closed");
    assertThat(coder.requests()).isEmpty();
  }

  private FutureTask<Object> started(CoderClient client) {
    var task =
        new FutureTask<Object>(() -> {
          try {
            return client.externalAuth(GITHUB, Deadline.in(LONG));
          } catch (Exception e) {
            return e;
          }
        });
    Thread.ofPlatform().daemon().start(task);
    return task;
  }

  @Test
  void aCallThatStillObtainsItsTokenEndsByItself() throws Exception {
    var client = client(new Held());
    var call = started(client);
    begun.await();
    var closing = Thread.ofPlatform().daemon().start(() -> client.close(LONG));
    while (closing.getState() != Thread.State.TIMED_WAITING) {
      if (Thread.interrupted()) throw new InterruptedException();
      Thread.onSpinWait();
    }
    released.countDown();
    assertThat(call.get()).isInstanceOf(ExternalAuth.class);
    assertThat(closing.join(LONG)).isTrue();
  }

  @Test
  void afterTheLimitCallsAreBrokenOff() throws Exception {
    coder.fault(new Fault.Silence());
    var client = client();
    var call = started(client);
    coder.awaitRequests(1);
    client.close(Duration.ZERO);
    assertThat(call.get()).isInstanceOf(ClientClosedException.class);
  }

  @Test
  void aWaitForAClaimEndsWithTheClient() throws Exception {
    coder.fault(new Fault.Silence());
    var client = client();
    var waiting =
        new FutureTask<Object>(() -> {
          try (var reinitializations = client.reinitializations()) {
            return reinitializations.next(Deadline.in(LONG));
          } catch (Exception e) {
            return e;
          }
        });
    Thread.ofPlatform().daemon().start(waiting);
    coder.awaitRequests(1);
    client.close(Duration.ZERO);
    assertThat(waiting.get()).isInstanceOf(ClientClosedException.class);
  }
}
