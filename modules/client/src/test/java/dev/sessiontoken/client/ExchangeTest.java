package dev.sessiontoken.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.sessiontoken.http.DeploymentSettings;
import dev.sessiontoken.http.Trace;
import dev.sessiontoken.spi.ProviderContext;
import dev.sessiontoken.spi.SessionToken;
import dev.sessiontoken.spi.SessionTokenException;
import dev.sessiontoken.spi.SessionTokenException.BadAnswer;
import dev.sessiontoken.spi.SessionTokenProvider;
import dev.sessiontoken.testkit.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExchangeTest extends ClientTest {
  private static final Map<String, String> EVIDENCE =
      Map.of("signature", "s1gn\"a\nture", "document", "{\"a\":1}");

  private SessionToken exchange() throws Exception {
    return client().exchange("aws-instance-identity", EVIDENCE, soon());
  }

  @Test
  void sendsTheEvidenceAsJsonAndNoCredentials() throws Exception {
    coder.fault(Fault.json(200, "{\"session_token\":\"abc\"}"));
    assertThat(exchange()).isEqualTo(SessionToken.of("abc"));
    var request = coder.requests().getFirst();
    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.path()).isEqualTo("/api/v2/workspaceagents/aws-instance-identity");
    assertThat(request.header("content-type")).contains("application/json");
    assertThat(request.headers())
        .doesNotContainKeys("coder-session-token", "authorization", "cookie");
    try (var reader = jakarta.json.Json.createReader(new java.io.StringReader(request.body()))) {
      var sent = reader.readObject();
      assertThat(sent.getString("signature")).isEqualTo(EVIDENCE.get("signature"));
      assertThat(sent.getString("document")).isEqualTo(EVIDENCE.get("document"));
      assertThat(sent).hasSize(2);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "v2.32.5+abc, 1",
    "v2.26.0, 1",
    "v1.99.0, 1",
    "v2.33.0, 0",
    "v3.0.0, 0",
    "v0.0.0-devel+abc, 0",
    "nonsense, 0",
    "'', 0"
  })
  void warnsOnceOfADeploymentThatIgnoresTheNameOfTheAgent(String version, int warnings)
      throws Exception {
    var notices = new ArrayList<String>();
    var settings = DeploymentSettings.of(coder.url()).withTrace(new Notices(notices));
    var options = Map.of(CoderClient.AGENT_NAME, "gamma");
    var fault =
        new Fault.Instead(
            200,
            Map.of("Content-Type", "application/json", "X-Coder-Build-Version", version),
            "{\"session_token\":\"abc\"}");
    coder.fault(fault).fault(fault);
    try (var client = new CoderClient(settings, Tokens.fixed("x"), options)) {
      client.exchange("aws-instance-identity", EVIDENCE, soon());
      client.exchange("aws-instance-identity", EVIDENCE, soon());
    }
    assertThat(notices).hasSize(warnings);
    assertThat(notices).allMatch(each -> each.contains("(gamma)") && each.contains("2.33"));
  }

  private record Notices(List<String> received) implements Trace {
    @Override
    public void tell(String event) {}

    @Override
    public void notice(String event) {
      received.add(event);
    }
  }

  @Test
  void isCalledByProvidersThroughTheirContext() throws Exception {
    coder.fault(Fault.json(200, "{\"session_token\":\"" + coder.agentToken() + "\"}"));
    client(new Trading()).externalAuth(ExternalAuthQuery.id("github"), soon());
    assertThat(coder.requests())
        .extracting(request -> request.sessionToken().isPresent())
        .containsExactly(false, true);
  }

  /** Exchanges evidence for a token, as the instance-identity providers do. */
  private static final class Trading implements SessionTokenProvider {
    @Override
    public String name() {
      return "trading";
    }

    @Override
    public SessionToken obtain(ProviderContext context)
        throws SessionTokenException, InterruptedException {
      assertThat(context.toString()).doesNotContain("s3cr3t");
      return context.exchange("aws-instance-identity", EVIDENCE);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"session_token\":null}",
        "{\"session_token\":\"\"}",
        "{\"session_token\":7}",
        "{\"session_token\":\"s3cr3t\\n\"}",
        "{\"session_token\":\"s3cr3t é\"}",
        "{\"session_token\":[\"s3cr3t\"]}"
      })
  void refusesAnInvalidTokenWithoutRepeatingIt(String body) {
    coder.fault(Fault.json(200, body));
    assertThatThrownBy(this::exchange)
        .isInstanceOf(BadAnswer.class)
        .hasMessageEndingWith("aws-instance-identity: the answer holds no usable session_token");
  }

  @ParameterizedTest
  @CsvSource({
    "400, Rejected, latest build",
    "401, Rejected, clock",
    "403, Rejected, clock",
    "404, Rejected, instance identity",
    "409, Rejected, name of the agent",
    "429, Unreachable, again",
    "500, Unreachable, again",
    "503, Unreachable, again",
    "405, BadAnswer, URL",
    "307, BadAnswer, URL",
    "201, BadAnswer, URL"
  })
  void eachStatusHasItsKindAndHint(int status, String kind, String hint) {
    coder.faultAlways(Fault.json(status, "{\"message\":\"m\",\"detail\":\"d\"}"));
    var failure = catchThrowable(this::exchange);
    assertThat(failure).isInstanceOf(SessionTokenException.class);
    assertThat(failure.getClass().getSimpleName()).isEqualTo(kind);
    assertThat(((SessionTokenException) failure).hint()).contains(hint);
    assertThat(coder.requests()).hasSize(status == 429 || status == 503 ? 4 : 1);
  }

  @Test
  void aRefusalHasTheMessageOfTheDeployment() {
    coder.fault(
        Fault.json(401, "{\"message\":\"Invalid AWS identity.\",\"detail\":\"bad document\"}"));
    assertThatThrownBy(this::exchange)
        .hasMessageEndingWith("HTTP 401: Invalid AWS identity. bad document");
  }

  @Test
  void aDeploymentWithoutTheRouteIsABadAnswer() {
    assertThatThrownBy(() -> client().exchange("no-such-route", EVIDENCE, soon()))
        .isInstanceOf(BadAnswer.class)
        .hasMessageEndingWith("HTTP 404: Route not found");
  }

  @Test
  void aNotFoundPageIsNoRefusal() {
    coder.fault(Fault.html(404));
    assertThatThrownBy(this::exchange).isInstanceOf(BadAnswer.class);
  }
}
