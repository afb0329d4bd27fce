package dev.sessiontoken.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.sessiontoken.spi.SessionTokenException.BadAnswer;
import dev.sessiontoken.spi.SessionTokenException.Rejected;
import dev.sessiontoken.spi.SessionTokenException.Unreachable;
import dev.sessiontoken.testkit.FakeCoder.Integration;
import dev.sessiontoken.testkit.Fault;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The external-auth call. Names in comments are the cases of the original's tests (contract 9.1 and
 * 9.6).
 */
class ExternalAuthTest extends ClientTest {

  private ExternalAuth.Linked linked(String body) throws Exception {
    return (ExternalAuth.Linked) read(body);
  }

  @Nested
  class Asking {

    @Test
    void sendsBothParametersOfWhichOneIsEmpty() throws Exception {
      client().externalAuth("github", soon());
      var request = coder.requests().getFirst();
      assertThat(request.method()).isEqualTo("GET");
      assertThat(request.path()).isEqualTo("/api/v2/workspaceagents/me/external-auth");
      assertThat(request.query()).isEqualTo(Map.of("id", "github", "match", ""));
      assertThat(request.sessionToken()).contains(coder.agentToken());
      assertThat(request.body()).isEmpty();
    }

    @Test
    void asksByUrl() throws Exception { // Callback/FullFlow
      var account = client().externalAuthMatch("https://github.com/asd/asd", soon());
      assertThat(account).isInstanceOf(ExternalAuth.Linked.class);
      assertThat(coder.requests().getFirst().query())
          .isEqualTo(Map.of("id", "", "match", "https://github.com/asd/asd"));
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"a b&id=c/../é#?", "%", "+", "a=b", "\u0000", "日本", "😀", "\n", "../../x"})
    void theIdArrivesAsGiven(String id) {
      assertThatThrownBy(() -> client().externalAuth(id, soon()))
          .isInstanceOf(UnknownProviderException.class);
      var request = coder.requests().getFirst();
      assertThat(request.query()).isEqualTo(Map.of("id", id, "match", ""));
      assertThat(request.path()).isEqualTo("/api/v2/workspaceagents/me/external-auth");
    }
  }

  @Nested
  class Answers {

    @Test
    void aTokenOfTheFake() throws Exception { // SuccessWithToken
      var account = (ExternalAuth.Linked) client().externalAuth("github", soon());
      assertThat(account.accessToken()).isEqualTo("gho_bananas");
      assertThat(account.type()).isEqualTo("github");
      assertThat(account.username()).isEqualTo("gho_bananas");
      assertThat(account.password()).isEmpty();
      assertThat(account.expiresAt()).isEmpty();
      assertThat(account.extra()).isEmpty();
    }

    @Test
    void gitlabsTokenIsThePassword() throws Exception {
      coder.configure(
          new Integration("gitlab", "gitlab", "gitlab", Optional.of("glpat"), Optional.empty()));
      var account = (ExternalAuth.Linked) client().externalAuth("gitlab", soon());
      assertThat(account.username()).isEqualTo("oauth2");
      assertThat(account.password()).isEqualTo("glpat");
    }

    @Test
    void extraFieldsComeAlong() throws Exception { // SuccessWithExtra
      var extra = linked("{\"access_token\":\"t\",\"token_extra\":{\"hey\":\"there\"}}").extra();
      assertThat(extra).map(fields -> fields.getString("hey")).contains("there");
    }

    @Test
    void aUserWhoHasNotLoggedInGetsThePage() throws Exception { // Callback/ReturnsURL
      assertThat(client().externalAuthMatch("gitlab.com/asd/asd", soon()))
          .isEqualTo(
              new ExternalAuth.LoginRequired(URI.create(coder.url() + "/external-auth/gitlab")));
    }

    @Test
    void aUrlCountsEvenBesideAToken() throws Exception { // CanceledWithURL
      assertThat(read("{\"url\":\"https://github.com\",\"access_token\":\"t\"}"))
          .isEqualTo(new ExternalAuth.LoginRequired(URI.create("https://github.com")));
    }

    @Test
    void nullsAndUnknownKeysAreLeftAside() throws Exception {
      var account =
          linked(
              "{\"access_token\":\"t\",\"url\":null,\"type\":null,\"username\":null,"
                  + "\"password\":null,\"expires_at\":null,\"token_extra\":null,\"new\":[1]}");
      assertThat(account.accessToken()).isEqualTo("t");
      assertThat(account.type()).isEmpty();
      assertThat(account.extra()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
      "2027-01-02T03:04:05Z, 2027-01-02T03:04:05Z",
      "2027-01-02T03:04:05.123456789Z, 2027-01-02T03:04:05.123456789Z",
      "2027-01-02T03:04:05+02:00, 2027-01-02T01:04:05Z"
    })
    void theTimeOfExpiry(String text, Instant instant) throws Exception {
      assertThat(linked("{\"access_token\":\"t\",\"expires_at\":\"" + text + "\"}").expiresAt())
          .contains(instant);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"0001-01-01T00:00:00Z\"", "\"\"", "null"})
    void noTimeOfExpiry(String json) throws Exception {
      assertThat(linked("{\"access_token\":\"t\",\"expires_at\":" + json + "}").expiresAt())
          .isEmpty();
    }

    @Test
    void aTokenMayHoldAnythingThatPrints() throws Exception {
      assertThat(linked("{\"access_token\":\"a b/é+=😀\"}").accessToken()).isEqualTo("a b/é+=😀");
    }

    @Test
    void printingOneShowsNoSecret() throws Exception {
      var account =
          linked(
              "{\"access_token\":\"s3cr3t\",\"type\":\"github\",\"username\":\"s3cr3t\","
                  + "\"password\":\"s3cr3t\",\"token_extra\":{\"refresh\":\"s3cr3t\"}}");
      assertThat(account.toString()).contains("github").doesNotContain("s3cr3t");
    }
  }

  @Nested
  class NonsenseAnswers {

    private void refused(String body, String problem) {
      assertThat(failure(Fault.json(200, body)))
          .isInstanceOf(BadAnswer.class)
          .hasMessage(
              "GET " + coder.url() + "/api/v2/workspaceagents/me/external-auth: " + problem);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "{}",
          "{\"access_token\":\"\",\"url\":\"\"}",
          "{\"access_token\":null,\"url\":null}",
          "{\"Access_Token\":\"t\"}"
        })
    void neitherTokenNorUrl(String body) {
      refused(body, "the answer holds neither a token nor a URL to log in at");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\n", "\\r", "\\u0000", "\\u001b[2J", "\\u007f", "\\u0085", "\\u2028"})
    void aTokenThatWouldMoveTheCursor(String control) {
      refused(
          "{\"access_token\":\"s3cr3t" + control + "\"}",
          "the access token holds control characters");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "javascript:alert(1)",
          "ftp://example.com/",
          "file:///etc/passwd",
          "example.com",
          "/external-auth/github",
          "https:",
          "https:x",
          "https:///x",
          " https://example.com",
          "https://example.com/a b",
          "https://example.com/\\n",
          "https://example.com/\\u001b[2J",
          "https://example.com/\\u0085"
        })
    void aPageThatIsNoWebPage(String url) {
      refused(
          "{\"url\":\"" + url + "\",\"access_token\":\"s3cr3t\"}",
          "the URL to log in at is no http or https URL");
    }

    @ParameterizedTest
    @CsvSource({
      "access_token, is not a string",
      "url, is not a string",
      "type, is not a string",
      "username, is not a string",
      "password, is not a string",
      "expires_at, is not a string",
      "token_extra, is not an object"
    })
    void aFieldOfAnotherType(String field, String problem) {
      for (var value : new String[] {"1", "true", "[\"s3cr3t\"]"}) {
        String others = field.equals("access_token") ? "" : ",\"access_token\":\"t\"";
        refused("{\"" + field + "\":" + value + others + "}", field + " " + problem);
      }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tomorrow", "2027-01-02", "2027-13-02T03:04:05Z", "1800000000"})
    void aTimeThatIsNone(String text) {
      refused("{\"access_token\":\"t\",\"expires_at\":\"" + text + "\"}", "expires_at is no time");
    }
  }

  @Nested
  class UnknownProviders {

    @Test
    void areToldInTheDeploymentsWords() { // Callback/NoMatchingConfig
      var failure = catchThrowable(() -> client().externalAuth("nope", soon()));
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
    void areNotToldApartByUrlOrId() {
      assertThatThrownBy(() -> client().externalAuthMatch("https://no.example/x", soon()))
          .isInstanceOf(UnknownProviderException.class)
          .hasMessageContaining("\"https://no.example/x\"");
    }

    @Test
    void showTheIdWithControlCharactersVisible() {
      assertThatThrownBy(() -> client().externalAuth("a\u001b[2J", soon()))
          .hasMessageContaining("\"a\\u001b[2J\"");
    }

    @Test
    void severalThatFitAreUnknownToo() {
      assertThat(failure(Fault.json(409, "{\"message\":\"Two fit.\"}")))
          .isInstanceOf(UnknownProviderException.class)
          .hasMessageContaining("HTTP 409: Two fit.");
    }

    @Test
    void anUnknownRouteIsNoUnknownProvider() {
      assertThat(failure(Fault.json(404, "{\"message\":\"Route not found.\"}")))
          .isInstanceOf(BadAnswer.class)
          .hasMessageEndingWith("HTTP 404: Route not found.");
    }

    @Test
    void neitherIsANotFoundPageOfSomebodyElse() {
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
          .hasMessageEndingWith("external-auth: HTTP 403: Forbidden. You don't.");
    }

    @Test
    void aFailedValidationIsTheDeploymentsTrouble() { // Callback/ValidateURL 2
      var failure =
          failure(
              Fault.json(
                  500,
                  "{\"message\":\"Failed to refresh external auth token.\",\"detail\":\"validate"
                      + " external auth token: status 400: body: Something went wrong!\"}"));
      assertThat(failure)
          .isInstanceOf(Unreachable.class)
          .hasMessageEndingWith(
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
    void aRedirectIsToldAndNotFollowed(String location, String told) {
      assertThat(failure(Fault.redirect(location)))
          .isInstanceOf(BadAnswer.class)
          .hasMessageEndingWith("HTTP 307, a redirect" + told + ", which is not followed");
      assertThat(coder.requests()).hasSize(1);
    }

    @Test
    void aRedirectToNowhereIsTold() {
      assertThat(failure(new Fault.Instead(302, Map.of(), "")))
          .hasMessageEndingWith("HTTP 302, a redirect, which is not followed");
    }
  }
}
