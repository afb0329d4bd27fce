package dev.sessiontoken.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.sessiontoken.spi.SessionTokenException.BadAnswer;
import dev.sessiontoken.testkit.Fault;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Secrets do not appear in messages; invalid answers and endpoints are refused. */
class SecretsTest extends ClientTest {

  @Test
  void noPartOfTheTokenIsShownAtTheEndOfACutMessage() {
    String token = coder.agentToken();
    var failure = failure(Fault.json(401, "{\"message\":\"" + "x".repeat(280) + token + "\"}"));
    assertThat(failure.getMessage()).doesNotContain(token.substring(0, 8));
  }

  @Test
  void theTokenIsNotShownAsTheHostOfARedirect() {
    assertThat(failure(Fault.redirect("https://" + coder.agentToken() + "/")).getMessage())
        .doesNotContain(coder.agentToken());
  }

  @Test
  void theTokenIsNotShownAsRequestId() {
    var failure =
        failure(
            new Fault.Instead(
                401,
                Map.of(
                    "Content-Type", "application/json", "X-Coder-Request-Id", coder.agentToken()),
                "{\"message\":\"m\"}"));
    assertThat(failure.getCause())
        .isInstanceOfSatisfying(
            ApiException.class,
            api -> assertThat(api.requestId().orElse("")).doesNotContain(coder.agentToken()));
  }

  @Test
  void anUnreadable404IsNoUnknownProvider() {
    assertThat(failure(Fault.json(404, "{\"message\":"))).isInstanceOf(BadAnswer.class);
    assertThat(failure(Fault.json(404, ""))).isInstanceOf(BadAnswer.class);
  }

  @Test
  void theFirstOfTwoTokensIsNotShownEither() {
    String first = "11111111-1111-4111-8111-111111111111";
    coder.fault(Fault.json(401, "{}")).fault(Fault.json(401, "{\"message\":\"" + first + "\"}"));
    var failure =
        catchThrowable(() ->
            client(Tokens.renewing(first, "other"))
                .externalAuth(ExternalAuthQuery.id("github"), soon()));
    assertThat(failure.getMessage()).doesNotContain(first);
  }

  @Test
  void halfASurrogatePairIsNoToken() {
    assertThat(failure(Fault.json(200, "{\"access_token\":\"abc\\ud800\"}")))
        .isInstanceOf(BadAnswer.class);
  }

  @Test
  void anEndpointOfABrokenProviderIsRefusedBeforeItIsSent() {
    for (String endpoint : List.of("", "../a b", "a/b", "a?b", "Aws", "\u0661")) {
      assertThat(catchThrowable(() -> client().exchange(endpoint, Map.of(), soon())))
          .as(endpoint)
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(coder.requests()).isEmpty();
  }
}
