package dev.sessiontoken.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sessiontoken.discovery.ProviderChain;
import dev.sessiontoken.http.DeploymentSettings;
import dev.sessiontoken.http.Trace;
import dev.sessiontoken.spi.ProviderContext;
import dev.sessiontoken.spi.ProviderOption;
import dev.sessiontoken.spi.ServiceRequest;
import dev.sessiontoken.spi.SessionToken;
import dev.sessiontoken.spi.SessionTokenException;
import dev.sessiontoken.spi.SessionTokenException.BadAnswer;
import dev.sessiontoken.spi.SessionTokenException.NotConfigured;
import dev.sessiontoken.spi.SessionTokenProvider;
import dev.sessiontoken.testkit.FakeService;
import dev.sessiontoken.testkit.FakeService.Answer;
import dev.sessiontoken.testkit.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a provider can do while it obtains a token. */
class AgentContextTest extends ClientTest {
  private static final String KEY = "k3y-of-the-user";

  private final List<String> said = new ArrayList<>();
  private final List<String> secrets = new ArrayList<>();

  private final class Told implements Trace {
    @Override
    public void tell(String event) {}

    @Override
    public void say(String line) {
      said.add(line);
    }

    @Override
    public void secret(String value) {
      secrets.add(value);
    }
  }

  /** Obtains a token in the way that a test says. */
  private interface Way {
    SessionToken obtain(ProviderContext context) throws SessionTokenException, InterruptedException;
  }

  /** A provider with a required option, a secret one and one with a default. */
  private record Custom(Way way) implements SessionTokenProvider {
    @Override
    public String name() {
      return "custom";
    }

    @Override
    public List<ProviderOption> options() {
      return List.of(
          ProviderOption.plain("role", "ROLE", "a role").asRequired(),
          ProviderOption.secret("key", "KEY", "a key"),
          ProviderOption.plain("path", "A_PATH", "a path").withDefault("/token"));
    }

    @Override
    public SessionToken obtain(ProviderContext context)
        throws SessionTokenException, InterruptedException {
      return way.obtain(context);
    }
  }

  private void call(Way way) throws Exception {
    call(way, Map.of("role", "workspace", "key", KEY));
  }

  private void call(Way way, Map<String, String> options) throws Exception {
    call(new Custom(way), options);
  }

  private void call(SessionTokenProvider provider, Map<String, String> options) throws Exception {
    var settings = DeploymentSettings.of(coder.url()).withTrace(new Told()).withPause(_ -> {});
    try (var client = new CoderClient(settings, provider, options)) {
      client.gitSshKey(soon());
    }
  }

  private SessionToken token() {
    return SessionToken.of(coder.agentToken());
  }

  @Test
  void hasTheDeclaredDefaultsOfOptions() throws Exception {
    call(context -> {
      assertThat(context.option("path")).contains("/token");
      assertThat(context.option("nonsense")).isEmpty();
      return token();
    });
  }

  @Test
  void isNotMadeWithoutARequiredOption() {
    assertThatThrownBy(() -> call(_ -> token(), Map.of("key", KEY)))
        .isInstanceOf(NotConfigured.class)
        .hasMessage("set up the provider custom: it lacks role (ROLE)");
  }

  @Test
  void sendsRequestsToTheServiceOfTheProvider() throws Exception {
    try (var service = FakeService.start()) {
      service.on("GET", "/token", Answer.text(200, coder.agentToken()));
      call(context -> {
        var request = ServiceRequest.get(service.url() + context.option("path").orElseThrow());
        return context.http().send(request).requireSuccess("check the key").token();
      });
      assertThat(service.requests()).hasSize(1);
    }
    assertThat(secrets).contains(KEY);
  }

  /** The service sends back a secret that the request does not show as one. */
  private static Way refusedBy(FakeService service) {
    service.on("GET", "/token", seen -> Answer.text(403, "not by " + seen.query()));
    return context -> {
      String key = context.option("key").orElseThrow();
      var request = ServiceRequest.get(service.url() + "/token?by=" + key);
      return context.http().send(request).requireSuccess("check the key").token();
    };
  }

  @Test
  void hidesSecretOptionsInTheRefusalOfAService() throws Exception {
    try (var service = FakeService.start()) {
      assertThatThrownBy(() -> call(refusedBy(service)))
          .hasMessageEndingWith("HTTP 403: not by {by=[secret]}");
    }
  }

  @Test
  void hidesSecretOptionsOfAProviderInAChain() throws Exception {
    try (var service = FakeService.start()) {
      var values = Map.of("role", "workspace", "key", KEY);
      var bound = ProviderChain.bound(new Custom(refusedBy(service)), values);
      assertThatThrownBy(() -> call(ProviderChain.of(List.of(bound)), Map.of()))
          .hasMessageEndingWith("HTTP 403: not by {by=[secret]}");
      assertThat(secrets).contains(KEY);
    }
  }

  @Test
  void tellsAPersonOneCleanLine() throws Exception {
    call(context -> {
      context.tell("enter ABCD-EFGH at\nhttps://id.example.com \u001b[2J" + KEY);
      return token();
    });
    assertThat(said)
        .containsExactly("enter ABCD-EFGH at\\nhttps://id.example.com \\u001b[2J[secret]");
  }

  @Test
  void tellsAPersonTwentyLinesOfAThousandCharactersAtMost() throws Exception {
    call(context -> {
      for (int i = 0; i < 1000; i++) context.tell("a".repeat(5000));
      return token();
    });
    assertThat(said).hasSize(20).allMatch(line -> line.length() < 1100);
    assertThat(said.getLast()).contains("left out");
  }

  @Test
  void saysThatTheDeploymentDoesNotHaveAnExchange() {
    assertThatThrownBy(() -> call(context -> context.exchange("oidc-identity", Map.of())))
        .isInstanceOf(BadAnswer.class)
        .hasMessageContaining("the deployment has no exchange oidc-identity: HTTP 404");
    coder.fault(
        Fault.json(
            401,
            "{\"message\":\"API key or external proxy authentication required, but none"
                + " provided\"}"));
    assertThatThrownBy(() -> call(context -> context.exchange("oidc-identity", Map.of())))
        .isInstanceOf(BadAnswer.class)
        .hasMessageContaining("the deployment has no exchange oidc-identity: HTTP 401");
  }

  @Test
  void usesAnExchangeThatTheDeploymentHas() throws Exception {
    coder.addExchange("oidc-identity", evidence -> KEY.equals(evidence.get("id_token")));
    call(context -> context.exchange("oidc-identity", Map.of("id_token", KEY)));
    assertThat(secrets).contains(KEY);
  }
}
