package dev.sessiontoken.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sessiontoken.testkit.Fault;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.Test;

/**
 * How bodies of errors are read. Names in comments are the cases of the original's tests of {@code
 * ReadBodyAsError} (contract 9.7).
 */
class ErrorBodyTest extends ClientTest {
  private static final String SIMPLE = "{\"message\":\"test\",\"detail\":\"hi\"}";

  /** What is said of an answer, without the step. */
  private AbstractStringAssert<?> said(int status, String type, String body) {
    var failure = failure(new Fault.Instead(status, Map.of("Content-Type", type), body));
    String step = "GET " + coder.url() + "/api/v2/workspaceagents/me/external-auth: ";
    assertThat(failure).hasMessageStartingWith(step);
    String words = String.valueOf(failure.getMessage()).substring(step.length());
    return assertThat(words.replaceFirst(" \\(4 tries in \\d+ ms\\)$", ""));
  }

  private AbstractStringAssert<?> said(String json) {
    return said(500, "application/json", json);
  }

  private static ApiException api(Throwable failure) {
    return (ApiException) Objects.requireNonNull(failure.getCause());
  }

  @Test
  void messageAndDetailAreSaidWithMethodUrlAndStatus() { // JSONWithRequest
    said(SIMPLE).isEqualTo("HTTP 500: test: hi");
    var api = api(failure(Fault.json(500, SIMPLE)));
    assertThat(api.status()).isEqualTo(500);
    assertThat(api)
        .hasMessage(
            "GET %s/api/v2/workspaceagents/me/external-auth: HTTP 500: test: hi", coder.url());
  }

  @Test
  void unauthorizedIsSaidWithAHint() { // UnauthorizedHelper
    said(401, "application/json", SIMPLE).isEqualTo("HTTP 401: test: hi");
  }

  @Test
  void anAnswerThatIsNoJsonIsNamedAndShown() { // NonJSON
    said(500, "text/plain; charset=utf-8", "hello world")
        .isEqualTo("HTTP 500: unexpected non-JSON response \"text/plain\": hello world");
  }

  @Test
  void aLongAnswerThatIsNoJsonIsCut() { // NonJSONLong
    said(500, "text/plain", "a".repeat(4000))
        .endsWith(": " + "a".repeat(600) + "… (cut: 4000 characters)");
  }

  @Test
  void anEmptyBodyIsSaid() { // JSONNoBody
    said(500, "application/json", "").isEqualTo("HTTP 500: no response body");
    said(500, "application/json", " \n").isEqualTo("HTTP 500: no response body");
  }

  @Test
  void aBodyWithoutMessageIsToldByItsKeys() { // JSONNoMessage; a value may be a token
    said("{\"access_token\":\"s3cr3t\",\"hello\":\"world\"}")
        .isEqualTo("HTTP 500: the response has no message, only: access_token, hello");
    said("{\"message\":null}").contains("no message");
    said("{\"message\":7}").contains("no message");
  }

  @Test
  void jsonOfAnotherTypeIsNotReadAsJson() {
    said(500, "application/problem+json", "{\"message\":\"m\"}")
        .startsWith("HTTP 500: unexpected non-JSON response \"application/problem+json\": {");
  }

  @Test
  void theMediaTypesCaseAndParametersDoNotMatter() {
    said(500, "Application/JSON ; charset=x", SIMPLE).isEqualTo("HTTP 500: test: hi");
  }

  @Test
  void brokenJsonIsSaidAndNotShown() {
    said("{\"message\":\"s3cr3t").isEqualTo("HTTP 500: JSON that cannot be read");
    said("[1]").isEqualTo("HTTP 500: JSON that cannot be read");
  }

  @Test
  void aPageIsNamedAndNotShown() {
    said(502, "text/html", "<html>Bad gateway</html>")
        .isEqualTo("HTTP 502: an HTML page instead of JSON");
    said(502, "", " <html>").isEqualTo("HTTP 502: an HTML page instead of JSON");
  }

  @Test
  void validationsAreSaid() {
    said("{\"message\":\"Boom.\",\"detail\":\"why\",\"validations\":["
            + "{\"field\":\"a\",\"detail\":\"b\"},{\"field\":\"c\",\"detail\":\"d\"},7]}")
        .isEqualTo("HTTP 500: Boom. why; a: b; c: d");
  }

  @Test
  void manyValidationsAreCut() {
    String one = "{\"field\":\"f\",\"detail\":\"" + "d".repeat(500) + "\"}";
    said("{\"message\":\"Boom.\",\"validations\":[" + (one + ",").repeat(1000) + one + "]}")
        .hasSizeLessThan(3000)
        .startsWith("HTTP 500: Boom.; f: d");
  }

  @Test
  void messagesOfMegabytesAreCut() {
    String mega = "m".repeat(500_000);
    said("{\"message\":\"" + mega + "\",\"detail\":\"" + mega + "\"}")
        .hasSizeLessThan(1100)
        .contains("(cut: 500000 characters)");
  }

  @Test
  void controlCharactersAreMadeVisible() {
    said("{\"message\":\"a\\u001b[2J\\nb\",\"detail\":\"c\\u202ed\"}")
        .isEqualTo("HTTP 500: a\\u001b[2J\\nb: c\\u202ed");
  }

  @Test
  void theAgentTokenIsNotRepeated() {
    String token = coder.agentToken();
    String body = "{\"message\":\"bad token %s!\",\"detail\":\"%s\"}".formatted(token, token);
    said(401, "application/json", body).isEqualTo("HTTP 401: bad token [secret]! [secret]");
    said(404, "text/plain", "no such thing for " + token).doesNotContain(token);
    said("{\"foo\":\"" + token + "\"}").doesNotContain(token);
    said("{\"message\":\"m\",\"validations\":[{\"field\":\"" + token + "\"}]}")
        .contains("[secret]")
        .doesNotContain(token);
  }

  @Test
  void theRequestsNameInTheDeploymentsLogIsKeptIfThereIsOne() {
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
