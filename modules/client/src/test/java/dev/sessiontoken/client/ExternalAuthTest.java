package dev.sessiontoken.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sessiontoken.http.DeploymentSettings;
import dev.sessiontoken.spi.SessionTokenException.BadAnswer;
import dev.sessiontoken.testkit.FakeCoder.Integration;
import dev.sessiontoken.testkit.Fault;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The external-auth call. Names in comments are cases of the tests of Coder's own client and
 * command line.
 */
class ExternalAuthTest extends ClientTest {

  private ExternalAuth.Linked linked(String body) throws Exception {
    return (ExternalAuth.Linked) read(body);
  }

  @Nested
  class Requests {

    @Test
    void sendsBothParametersWithOneEmpty() throws Exception {
      client().externalAuth(ExternalAuthQuery.id("github"), soon());
      var request = coder.requests().getFirst();
      assertThat(request.method()).isEqualTo("GET");
      assertThat(request.path()).isEqualTo("/api/v2/workspaceagents/me/external-auth");
      assertThat(request.query()).isEqualTo(Map.of("id", "github", "match", ""));
      assertThat(request.sessionToken()).contains(coder.agentToken());
      assertThat(request.body()).isEmpty();
    }

    @Test
    void asksByUrl() throws Exception { // Callback/FullFlow
      var account =
          client().externalAuth(ExternalAuthQuery.url("https://github.com/asd/asd"), soon());
      assertThat(account).isInstanceOf(ExternalAuth.Linked.class);
      assertThat(coder.requests().getFirst().query())
          .isEqualTo(Map.of("id", "", "match", "https://github.com/asd/asd"));
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"a b&id=c/../é#?", "%", "+", "a=b", "\u0000", "日本", "😀", "\n", "../../x"})
    void sendsTheIdAsGiven(String id) {
      assertThatThrownBy(() -> client().externalAuth(ExternalAuthQuery.id(id), soon()))
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
      var account =
          (ExternalAuth.Linked) client().externalAuth(ExternalAuthQuery.id("github"), soon());
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
      var account =
          (ExternalAuth.Linked) client().externalAuth(ExternalAuthQuery.id("gitlab"), soon());
      assertThat(account.username()).isEqualTo("oauth2");
      assertThat(account.password()).isEqualTo("glpat");
    }

    @Test
    void extraFieldsAreReturned() throws Exception { // SuccessWithExtra
      var extra = linked("{\"access_token\":\"t\",\"token_extra\":{\"hey\":\"there\"}}").extra();
      assertThat(extra).map(fields -> fields.getString("hey")).contains("there");
    }

    @Test
    void aUserWhoHasNotLoggedInGetsThePage() throws Exception { // Callback/ReturnsURL
      assertThat(client().externalAuth(ExternalAuthQuery.url("gitlab.com/asd/asd"), soon()))
          .isEqualTo(
              new ExternalAuth.LoginRequired(URI.create(coder.url() + "/external-auth/gitlab")));
    }

    @Test
    void aUrlTakesPrecedenceOverAToken() throws Exception { // CanceledWithURL
      assertThat(read("{\"url\":\"https://github.com\",\"access_token\":\"t\"}"))
          .isEqualTo(new ExternalAuth.LoginRequired(URI.create("https://github.com")));
    }

    @Test
    void nullsAndUnknownKeysAreIgnored() throws Exception {
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
    @CsvSource({"PT1H, PT1H", "PT-1H, PT-1H", "PT20S, PT0S"})
    void theTimeOfExpiryByThisMachinesClock(Duration ahead, Duration moved) throws Exception {
      var clock = InstantSource.offset(InstantSource.system(), ahead);
      var settings = DeploymentSettings.of(coder.url()).withClock(clock);
      coder.fault(
          Fault.json(200, "{\"access_token\":\"t\",\"expires_at\":\"2027-01-02T03:04:05Z\"}"));
      var provider = Tokens.fixed(coder.agentToken());
      try (var client = new CoderClient(settings, provider, Map.of())) {
        var account = client.externalAuth(ExternalAuthQuery.id("github"), soon());
        var expiry = ((ExternalAuth.Linked) account).expiresAt().orElseThrow();
        var expected = Instant.parse("2027-01-02T03:04:05Z").plus(moved);
        assertThat(expiry).isBetween(expected.minusSeconds(5), expected.plusSeconds(40));
      }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"0001-01-01T00:00:00Z\"", "\"\"", "null"})
    void noTimeOfExpiry(String json) throws Exception {
      assertThat(linked("{\"access_token\":\"t\",\"expires_at\":" + json + "}").expiresAt())
          .isEmpty();
    }

    @Test
    void aTokenMayContainAnyPrintableCharacter() throws Exception {
      assertThat(linked("{\"access_token\":\"a b/é+=😀\"}").accessToken()).isEqualTo("a b/é+=😀");
    }

    @Test
    void toStringHasNoSecret() throws Exception {
      var account =
          linked(
              "{\"access_token\":\"s3cr3t\",\"type\":\"github\",\"username\":\"s3cr3t\","
                  + "\"password\":\"s3cr3t\",\"token_extra\":{\"refresh\":\"s3cr3t\"}}");
      assertThat(account.toString()).contains("github").doesNotContain("s3cr3t");
    }
  }

  @Nested
  class InvalidAnswers {

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
    void aTokenWithControlCharacters(String control) {
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
    void aLoginUrlThatIsNotHttp(String url) {
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
    void anInvalidTimeOfExpiryIsIgnored(String text) throws Exception {
      assertThat(read("{\"access_token\":\"t\",\"expires_at\":\"" + text + "\"}"))
          .isInstanceOfSatisfying(
              ExternalAuth.Linked.class, linked -> assertThat(linked.expiresAt()).isEmpty());
    }
  }
}
