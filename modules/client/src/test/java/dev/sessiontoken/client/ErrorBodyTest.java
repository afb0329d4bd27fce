package dev.sessiontoken.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sessiontoken.testkit.Fault;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.Test;

/**
 * Messages made of the bodies of failures. Names in comments are cases of the tests of {@code
 * ReadBodyAsError} in Coder's own client.
 */
class ErrorBodyTest extends ClientTest {
  private static final String SIMPLE = "{\"message\":\"test\",\"detail\":\"hi\"}";

  /** Message for an answer, without the step. */
  private AbstractStringAssert<?> problem(int status, String type, String body) {
    var failure = failure(new Fault.Instead(status, Map.of("Content-Type", type), body));
    String step = "GET " + coder.url() + "/api/v2/workspaceagents/me/external-auth: ";
    assertThat(failure).hasMessageStartingWith(step);
    String words = String.valueOf(failure.getMessage()).substring(step.length());
    return assertThat(words.replaceFirst(" \\(4 tries in \\d+ ms\\)$", ""));
  }

  private AbstractStringAssert<?> problem(String json) {
    return problem(500, "application/json", json);
  }

  private static ApiException api(Throwable failure) {
    return (ApiException) Objects.requireNonNull(failure.getCause());
  }

  @Test
  void messageAndDetailAreShownWithMethodUrlAndStatus() { // JSONWithRequest
    problem(SIMPLE).isEqualTo("HTTP 500: test: hi");
    var api = api(failure(Fault.json(500, SIMPLE)));
    assertThat(api.status()).isEqualTo(500);
    assertThat(api)
        .hasMessage(
            "GET %s/api/v2/workspaceagents/me/external-auth: HTTP 500: test: hi", coder.url());
  }

  @Test
  void unauthorizedHasAHint() { // UnauthorizedHelper
    problem(401, "application/json", SIMPLE).isEqualTo("HTTP 401: test: hi");
  }

  @Test
  void anAnswerThatIsNoJsonIsShownWithItsType() { // NonJSON
    problem(500, "text/plain; charset=utf-8", "hello world")
        .isEqualTo("HTTP 500: unexpected non-JSON response \"text/plain\": hello world");
  }

  @Test
  void aLongAnswerThatIsNoJsonIsCut() { // NonJSONLong
    problem(500, "text/plain", "a".repeat(4000))
        .endsWith(": " + "a".repeat(600) + "… (cut: 4000 characters)");
  }

  @Test
  void anEmptyBodyIsReported() { // JSONNoBody
    problem(500, "application/json", "").isEqualTo("HTTP 500: no response body");
    problem(500, "application/json", " \n").isEqualTo("HTTP 500: no response body");
  }

  @Test
  void aBodyWithoutMessageIsDescribedByItsKeys() { // JSONNoMessage; a value may be a token
    problem("{\"access_token\":\"s3cr3t\",\"hello\":\"world\"}")
        .isEqualTo("HTTP 500: the response has no message, only: access_token, hello");
    problem("{\"message\":null}").contains("no message");
    problem("{\"message\":7}").contains("no message");
  }

  @Test
  void jsonOfAnotherTypeIsNotReadAsJson() {
    problem(500, "application/problem+json", "{\"message\":\"m\"}")
        .startsWith("HTTP 500: unexpected non-JSON response \"application/problem+json\": {");
  }

  @Test
  void theMediaTypesCaseAndParametersDoNotMatter() {
    problem(500, "Application/JSON ; charset=x", SIMPLE).isEqualTo("HTTP 500: test: hi");
  }

  @Test
  void brokenJsonIsReportedWithoutItsText() {
    problem("{\"message\":\"s3cr3t").isEqualTo("HTTP 500: JSON that cannot be read");
    problem("[1]").isEqualTo("HTTP 500: JSON that cannot be read");
  }

  @Test
  void anHtmlPageIsReportedWithoutItsText() {
    problem(502, "text/html", "<html>Bad gateway</html>")
        .isEqualTo("HTTP 502: an HTML page instead of JSON");
    problem(502, "", " <html>").isEqualTo("HTTP 502: an HTML page instead of JSON");
  }

  @Test
  void validationsAreShown() {
    problem(
            "{\"message\":\"Boom.\",\"detail\":\"why\",\"validations\":["
                + "{\"field\":\"a\",\"detail\":\"b\"},{\"field\":\"c\",\"detail\":\"d\"},7]}")
        .isEqualTo("HTTP 500: Boom. why; a: b; c: d");
  }

  @Test
  void manyValidationsAreCut() {
    String one = "{\"field\":\"f\",\"detail\":\"" + "d".repeat(500) + "\"}";
    problem("{\"message\":\"Boom.\",\"validations\":[" + (one + ",").repeat(1000) + one + "]}")
        .hasSizeLessThan(3000)
        .startsWith("HTTP 500: Boom.; f: d");
  }

  @Test
  void messagesOfMegabytesAreCut() {
    String mega = "m".repeat(500_000);
    problem("{\"message\":\"" + mega + "\",\"detail\":\"" + mega + "\"}")
        .hasSizeLessThan(1100)
        .contains("(cut: 500000 characters)");
  }

  @Test
  void controlCharactersAreMadeVisible() {
    problem("{\"message\":\"a\\u001b[2J\\nb\",\"detail\":\"c\\u202ed\"}")
        .isEqualTo("HTTP 500: a\\u001b[2J\\nb: c\\u202ed");
  }

  @Test
  void theAgentTokenIsNotRepeated() {
    String token = coder.agentToken();
    String body = "{\"message\":\"bad token %s!\",\"detail\":\"%s\"}".formatted(token, token);
    problem(401, "application/json", body).isEqualTo("HTTP 401: bad token [secret]! [secret]");
    problem(404, "text/plain", "no such thing for " + token).doesNotContain(token);
    problem("{\"foo\":\"" + token + "\"}").doesNotContain(token);
    problem("{\"message\":\"m\",\"validations\":[{\"field\":\"" + token + "\"}]}")
        .contains("[secret]")
        .doesNotContain(token);
  }

  @Test
  void theRequestIdIsKeptIfTheAnswerHasOne() {
    var failure = failure(Fault.json(500, SIMPLE));
    assertThat(api(failure).requestId()).isEmpty();
    var named =
        failure(
            new Fault.Instead(
                500,
                Map.of("Content-Type", "application/json", "X-Coder-Request-Id", "r-1"),
                SIMPLE));
    assertThat(api(named).requestId()).contains("r-1");
  }
}
