package dev.sessiontoken.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.sessiontoken.spi.SessionTokenException.BadAnswer;
import dev.sessiontoken.spi.SessionTokenException.Rejected;
import dev.sessiontoken.spi.SessionTokenException.Unreachable;
import dev.sessiontoken.testkit.Fault;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Exceptions for every status but 200. Names in comments are cases of Coder's own tests. */
class RefusedCallTest extends ClientTest {

  @Nested
  class UnknownProviders {

    @Test
    void haveTheMessageOfTheDeployment() { // Callback/NoMatchingConfig
      var failure =
          catchThrowable(() -> client().externalAuth(ExternalAuthQuery.id("nope"), soon()));
      assertThat(failure)
          .isInstanceOf(UnknownProviderException.class)
          .hasMessageStartingWith("no single external-auth provider fits \"nope\": HTTP 404: No ")
          .hasMessageContaining("regex filters that do not match the url")
          .cause()
          .asInstanceOf(InstanceOfAssertFactories.type(ApiException.class))
          .satisfies(api -> assertThat(api.status()).isEqualTo(404))
          .satisfies(api -> assertThat(api.requestId()).isPresent());
      assertThat(((UnknownProviderException) failure).hint()).contains("external authentication");
    }

    @Test
    void areReportedAlikeForUrlAndId() {
      assertThatThrownBy(
              () -> client().externalAuth(ExternalAuthQuery.url("https://no.example/x"), soon()))
          .isInstanceOf(UnknownProviderException.class)
          .hasMessageContaining("\"https://no.example/x\"");
    }

    @Test
    void showTheIdWithControlCharactersVisible() {
      assertThatThrownBy(() -> client().externalAuth(ExternalAuthQuery.id("a\u001b[2J"), soon()))
          .hasMessageContaining("\"a\\u001b[2J\"");
    }

    @Test
    void includeUrlsThatSeveralProvidersFit() {
      assertThat(failure(Fault.json(409, "{\"message\":\"Two fit.\"}")))
          .isInstanceOf(UnknownProviderException.class)
          .hasMessageContaining("HTTP 409: Two fit");
    }

    @Test
    void anUnknownRouteIsNoUnknownProvider() {
      assertThat(failure(Fault.json(404, "{\"message\":\"Route not found.\"}")))
          .isInstanceOf(BadAnswer.class)
          .hasMessageEndingWith("HTTP 404: Route not found");
    }

    @Test
    void aNotFoundPageOfAnotherSiteIsNoUnknownProvider() {
      assertThat(failure(Fault.html(404)))
          .isInstanceOf(BadAnswer.class)
          .hasMessageEndingWith("HTTP 404: an HTML page instead of JSON");
    }
  }

  @Nested
  class Statuses {

    @Test
    void theScopeWithoutUserDataIsRefused() { // Callback/AgentAPIKeyScope/no_user_data
      assertThat(failure(Fault.json(403, "{\"message\":\"Forbidden.\",\"detail\":\"You don't.\"}")))
          .isInstanceOf(Rejected.class)
          .hasMessageEndingWith("external-auth: HTTP 403: Forbidden. You don't");
    }

    @Test
    void aFailedValidationIsAFailureOfTheDeployment() { // Callback/ValidateURL 2
      var failure =
          failure(
              Fault.json(
                  500,
                  "{\"message\":\"Failed to refresh external auth token.\",\"detail\":\"validate"
                      + " external auth token: status 400: body: Something went wrong!\"}"));
      assertThat(failure)
          .isInstanceOf(Unreachable.class)
          .hasMessageContaining(
              "HTTP 500: Failed to refresh external auth token. validate external auth token:"
                  + " status 400: body: Something went wrong!");
    }

    @ParameterizedTest
    @CsvSource({
      "429, Unreachable",
      "500, Unreachable",
      "502, Unreachable",
      "503, Unreachable",
      "400, BadAnswer",
      "405, BadAnswer",
      "418, BadAnswer",
      "204, BadAnswer",
      "206, BadAnswer",
      "301, BadAnswer",
      "302, BadAnswer",
      "307, BadAnswer",
      "308, BadAnswer",
      "304, BadAnswer",
      "403, Rejected"
    })
    void eachHasItsKind(int status, String kind) {
      boolean mayHaveBody = status != 204 && status != 304;
      assertThat(failure(Fault.json(status, mayHaveBody ? "{\"message\":\"m\"}" : "")))
          .extracting(e -> e.getClass().getSimpleName())
          .isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource({
      "https://sso.example.com/login?token=1, ' to https://sso.example.com'",
      "/login, ' to another path'",
      "'a b', ' to no valid URL'"
    })
    void aRedirectIsReportedAndNotFollowed(String location, String target) {
      assertThat(failure(Fault.redirect(location)))
          .isInstanceOf(BadAnswer.class)
          .hasMessageEndingWith("HTTP 307, a redirect" + target + ", which is not followed");
      assertThat(coder.requests()).hasSize(1);
    }

    @Test
    void aRedirectWithoutALocationIsReported() {
      assertThat(failure(new Fault.Instead(302, Map.of(), "")))
          .hasMessageEndingWith("HTTP 302, a redirect, which is not followed");
    }
  }
}
