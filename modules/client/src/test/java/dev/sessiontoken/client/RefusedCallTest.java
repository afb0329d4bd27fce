package dev.sessiontoken.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.sessiontoken.spi.SessionTokenException;
import dev.sessiontoken.spi.SessionTokenException.BadAnswer;
import dev.sessiontoken.spi.SessionTokenException.Rejected;
import dev.sessiontoken.spi.SessionTokenException.Unreachable;
import dev.sessiontoken.testkit.FakeCoder;
import dev.sessiontoken.testkit.Fault;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Exceptions for every status but 200. Names in comments are cases of Coder's own tests. */
class RefusedCallTest extends ClientTest {

  @Nested
  class UnknownProviders {

    @Test
    void areToldShortWithTheDeploymentsWordsAsCause() { // Callback/NoMatchingConfig
      var failure =
          catchThrowable(() -> client().externalAuth(ExternalAuthQuery.id("nope"), soon()));
      assertThat(failure)
          .isInstanceOf(UnknownProviderException.class)
          .hasMessage("no single external-auth provider fits \"nope\" (HTTP 404)")
          .cause()
          .hasMessageContaining("regex filters that do not match the url")
          .asInstanceOf(InstanceOfAssertFactories.type(ApiException.class))
          .satisfies(api -> assertThat(api.status()).isEqualTo(404))
          .satisfies(api -> assertThat(api.requestId()).isPresent());
      assertThat(((UnknownProviderException) failure).hint()).contains("external authentication");
    }

    @ParameterizedTest
    @CsvSource({
      "githb, 'did you mean github? the ids are'",
      "GitHub.com, 'did you mean github? the ids are'",
      "hub, 'did you mean github? the ids are'",
      "gitlub, 'did you mean github, gitlab? the ids are'",
      "nope, 'it has github, slack, gitlab; the ids are'",
    })
    void areAnsweredWithTheIdsThatLookAlike(String id, String hint) {
      assertThatThrownBy(() -> client().externalAuth(ExternalAuthQuery.id(id), soon()))
          .isInstanceOfSatisfying(
              UnknownProviderException.class, e -> assertThat(e.hint()).startsWith(hint));
    }

    @Test
    void areAnsweredWithTheHostsThatAreServed() {
      for (int i = 0; i < 9; i++) configure("ghe" + i, "^(https?://)?ghe" + i + "\\.test");
      assertThatThrownBy(() -> client().externalAuth(ExternalAuthQuery.url("https://x.y"), soon()))
          .isInstanceOfSatisfying(
              UnknownProviderException.class,
              e ->
                  assertThat(e.hint())
                      .isEqualTo(
                          "its providers serve github.com (github), slack.com (slack), gitlab.com"
                              + " (gitlab), ghe0.test (ghe0), ghe1.test (ghe1) and 7 more"));
    }

    private void configure(String id, String regex) {
      coder.configure(
          new FakeCoder.Integration(id, "github", regex, Optional.empty(), Optional.empty()));
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

    @ParameterizedTest
    @CsvSource({
      "https://127.0.0.1/api/v2/workspaceagents/me/external-auth?id=x, set the deployment's URL to"
          + " https://127.0.0.1",
      "https://127.0.0.1:8443/api/v2/workspaceagents/me/external-auth, set the deployment's URL to"
          + " https://127.0.0.1:8443",
      "https://h.test/api/v2/workspaceagents/me/external-auth, if https://h.test is the deployment",
      "https://h.test/login, does the URL lead",
      "ftp://127.0.0.1/api/v2/workspaceagents/me/external-auth, does the URL lead",
      "/api/v2/workspaceagents/me/external-auth, does the URL lead",
      "a b, does the URL lead"
    })
    void aRedirectOfTheSameCallNamesTheUrlToSet(String location, String hint) {
      assertThat(hint(Fault.redirect(location))).startsWith(hint);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "Client sent an HTTP request to an HTTPS server.\n",
          "<html><title>400 The plain HTTP request was sent to HTTPS port</title>",
          "Reason: You're speaking plain HTTP to an SSL-enabled server port.<br />",
          "Bad Request\nThis combination of host and port requires TLS.\n",
        })
    void aPortThatSpeaksTlsIsNamed(String body) {
      assertThat(hint(new Fault.Instead(400, Map.of(), body)))
          .isEqualTo("the port speaks TLS: try https://" + coder.url().getAuthority());
    }

    @Test
    void aForbiddenCallNamesTheScopeOfTheAgent() {
      assertThat(hint(Fault.json(403, "{\"message\":\"Forbidden.\"}"))).contains("api_key_scope");
    }

    private String hint(Fault fault) {
      return ((SessionTokenException) failure(fault)).hint();
    }

    @Test
    void theWaitThatAnAnswerAsksForIsKept() {
      var headers = Map.of("Retry-After", "3600", "Content-Type", "application/json");
      var failure = failure(new Fault.Instead(429, headers, "{\"message\":\"Slow.\"}"));
      assertThat(failure)
          .cause()
          .asInstanceOf(InstanceOfAssertFactories.type(ApiException.class))
          .satisfies(api -> assertThat(api.retryAfter()).contains(Duration.ofHours(1)));
    }

    @Test
    void aRedirectWithoutALocationIsReported() {
      assertThat(failure(new Fault.Instead(302, Map.of(), "")))
          .hasMessageEndingWith("HTTP 302, a redirect, which is not followed");
    }
  }
}
