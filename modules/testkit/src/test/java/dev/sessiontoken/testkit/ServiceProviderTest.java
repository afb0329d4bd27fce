package dev.sessiontoken.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sessiontoken.spi.ProviderContext;
import dev.sessiontoken.spi.SessionToken;
import dev.sessiontoken.spi.SessionTokenException.BadAnswer;
import dev.sessiontoken.spi.SessionTokenException.NotConfigured;
import dev.sessiontoken.spi.SessionTokenException.Rejected;
import dev.sessiontoken.spi.SessionTokenException.Unreachable;
import dev.sessiontoken.spi.SessionTokenProvider;
import dev.sessiontoken.testkit.FakeService.Answer;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The contract test of a provider with a service of its own, over TLS, and what the kit adds. */
class ServiceProviderTest extends ProviderContractTest {
  private static final String KEY = "k3y-of-the-service";
  private static final String PROOF = "pr00f-of-the-machine";

  private final FakeCoder coder =
      FakeCoder.start().addExchange("service-identity", ServiceProviderTest::isProof);
  private final FakeService service =
      FakeService.startTls()
          .on("GET", "/proof", ServiceProviderTest::answer)
          .failOn("GET", "/silence", new Fault.Silence());

  private static boolean isProof(Map<String, String> evidence) {
    return PROOF.equals(evidence.get("proof"));
  }

  private static Answer answer(SeenRequest request) {
    boolean mayRead = request.header("authorization").orElse("").equals("Bearer " + KEY);
    return mayRead ? Answer.text(200, PROOF) : Answer.text(403, "not with " + request.headers());
  }

  @AfterEach
  void stop() {
    service.close();
    coder.close();
  }

  private ProviderContext with(String option, String value) {
    var options =
        new HashMap<>(Map.of("service-url", service.url().toString(), "service-key", KEY));
    options.put(option, value);
    return coder.context(options);
  }

  @Override
  protected SessionTokenProvider provider() {
    return new ServiceProvider();
  }

  @Override
  protected ProviderContext works() {
    return with("service-key", KEY);
  }

  @Override
  protected Situation notConfigured() {
    return Situation.in(coder.context(Map.of()));
  }

  @Override
  protected Situation refused() {
    return Situation.in(with("service-key", "an0ther-key"));
  }

  @Override
  protected Situation silent() {
    return Situation.in(with("service-path", "/silence"));
  }

  @Override
  protected Set<String> secrets() {
    return Set.of(PROOF);
  }

  private SessionToken obtain(ProviderContext context) throws Exception {
    return ProviderCalls.obtain(provider(), context);
  }

  @Test
  void declaredDefaultsCountAsInTheProduct() throws Exception {
    assertThat(obtain(works())).isEqualTo(SessionToken.of(coder.agentToken()));
    assertThat(service.requests().getFirst().path()).isEqualTo("/proof");
  }

  @Test
  void aProviderIsNotCalledWithoutARequiredOption() {
    assertThatThrownBy(() -> obtain(with("service-key", "")))
        .isInstanceOf(NotConfigured.class)
        .hasMessageEndingWith("it lacks service-key (SERVICE_KEY)");
    assertThat(service.requests()).isEmpty();
  }

  @Test
  void anExchangeCanBeMadeToFail() {
    coder.failExchange("service-identity", 503, "No database.");
    assertThatThrownBy(() -> obtain(works()))
        .isInstanceOf(Unreachable.class)
        .hasMessageEndingWith("/service-identity: HTTP 503: No database");
    coder.failExchange("service-identity", 409, "Two agents.");
    assertThatThrownBy(() -> obtain(works())).isInstanceOf(Rejected.class);
  }

  @Test
  void anExchangeThatTheDeploymentDoesNotHaveIsABadAnswer() {
    try (var other = FakeCoder.start()) {
      var context =
          other.context(Map.of("service-url", service.url().toString(), "service-key", KEY));
      assertThatThrownBy(() -> obtain(context))
          .isInstanceOf(BadAnswer.class)
          .hasMessageEndingWith("HTTP 404: Route not found");
    }
  }

  @Test
  void aServiceAnswersOnlyWhatIsScripted() {
    assertThatThrownBy(() -> obtain(with("service-path", "/other")))
        .isInstanceOf(BadAnswer.class)
        .hasMessageContaining("HTTP 404");
    service.on("POST", "/post", Answer.json(200, "{}"));
    assertThatThrownBy(() -> obtain(with("service-path", "/post")))
        .isInstanceOf(BadAnswer.class)
        .hasMessageContaining("HTTP 405");
  }

  @Test
  void faultsOfTheServiceHaveTheirKinds() {
    service.fault(new Fault.CutShort()).fault(new Fault.Endless());
    assertThatThrownBy(() -> obtain(works())).isInstanceOf(BadAnswer.class);
    assertThatThrownBy(() -> obtain(works())).isInstanceOf(BadAnswer.class);
    service.faultAlways(new Fault.HangUp());
    assertThatThrownBy(() -> obtain(works())).isInstanceOf(Unreachable.class);
  }
}
