package dev.sessiontoken.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sessiontoken.testkit.Fault;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VerboseTest extends ProgramTest {

  @ParameterizedTest
  @ValueSource(strings = {"-v", "--verbose"})
  void printsEachStepAndNoSecret(String flag) {
    var run = accessToken(flag, "github");
    assertThat(run.status()).isZero();
    assertThat(run.out()).isEqualTo("gho_bananas");
    assertThat(run.err())
        .contains(
            "the agent is proved by token, from ",
            "GET "
                + coder.url()
                + "/api/v2/workspaceagents/me/external-auth, with the session token\n",
            "HTTP 200, HTTP_1_1, ")
        .doesNotContain(coder.agentToken(), "gho_bananas");
    assertThat(run.err().lines())
        .allSatisfy(line -> assertThat(line).matches("coder: \\d+ ms: .*"));
  }

  @Test
  void mayStandAnywhere() {
    assertThat(run(environment(), "-v", "external-auth", "access-token", "github").err())
        .contains("HTTP 200");
    assertThat(accessToken("github", "-v", "-v").err()).contains("HTTP 200");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "true", "yes"})
  void mayBeSetByItsVariable(String value) {
    assertThat(run(environment("CODER_VERBOSE", value), withWords("github")).err())
        .contains("HTTP 200");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "false", "FALSE", ""})
  void itsVariableMayDisableIt(String value) {
    assertThat(run(environment("CODER_VERBOSE", value), withWords("github")).err()).isEmpty();
  }

  @Test
  void printsTheStepsOfAFailureAndThenTheFailure() {
    coder.fault(Fault.json(401, "{\"message\":\"You are " + coder.agentToken() + "\"}"));
    var run = accessToken("-v", "github");
    assertThat(run.status()).isEqualTo(4);
    assertThat(run.err()).contains(" ms: HTTP 401, ").doesNotContain(coder.agentToken());
    assertThat(run.err().lines().toList().getLast()).contains("HTTP 401: You are [secret]; ");
  }

  @Test
  void printsTheEndOfEachPhaseWithAHiddenVariable() {
    var run = run(environment("CODER_PHASES", "1"), withWords("github"));
    assertThat(run.out()).isEqualTo("gho_bananas");
    assertThat(run.err().lines().map(line -> line.replaceAll("\\d{16}$", "N")))
        .containsExactly(
            "coder: phase JVM ended at N",
            "coder: phase arguments ended at N",
            "coder: phase providers ended at N",
            "coder: phase set-up ended at N",
            "coder: phase connection ended at N",
            "coder: phase answer ended at N",
            "coder: phase JSON ended at N");
    assertThat(run(environment("CODER_PHASES", ""), withWords("github")).err()).isEmpty();
  }

  @Test
  void printsTheRequestIdOfTheDeployment() {
    coder.fault(new Fault.Instead(200, Map.of("X-Coder-Request-Id", "r-1\u00852"), "{}"));
    assertThat(accessToken("-v", "github").err()).contains(", 2 bytes, request r-1");
  }

  @Test
  void tellsTheTokenOfAFileNeither(@org.junit.jupiter.api.io.TempDir java.nio.file.Path folder)
      throws Exception {
    var file = java.nio.file.Files.writeString(folder.resolve("token"), coder.agentToken());
    var environment =
        environment("CODER_AGENT_TOKEN", "", "CODER_AGENT_TOKEN_FILE", file.toString());
    assertThat(run(environment, withWords("-v", "github")).err())
        .contains("the agent is proved by token-file")
        .doesNotContain(coder.agentToken());
  }

  @Test
  void theMillisecondsAreThoseSinceTheStart() {
    assertThat(accessToken("-v", "--timeout", "999999999h", "github").err())
        .matches("(?s)coder: \\d{1,4} ms.*");
  }

  @Test
  void theTokenIsNotPrintedAsRequestId() {
    coder.fault(
        new Fault.Instead(
            200, Map.of("X-Coder-Request-Id", coder.agentToken()), "{\"access_token\":\"t\"}"));
    assertThat(accessToken("-v", "github").err()).doesNotContain(coder.agentToken());
  }
}
