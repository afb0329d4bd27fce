package dev.sessiontoken.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sessiontoken.cli.args.Arguments;
import dev.sessiontoken.cli.command.Outcome;
import dev.sessiontoken.testkit.Fault;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

class OddEndsTest extends ProgramTest {

  @Test
  void anEmptyValueDoesNotAskForTheVersion() {
    assertThat(run(Map.of(), "--timeout", "").status()).isEqualTo(2);
  }

  @Test
  void anInterruptIsToldInWords() throws Exception {
    coder.fault(new Fault.Silence());
    var run = new FutureTask<>(() -> accessToken("github"));
    var thread = Thread.ofPlatform().start(run);
    while (coder.requests().isEmpty()) Thread.onSpinWait();
    thread.interrupt();
    assertThat(run.get().status()).isEqualTo(130);
    assertThat(run.get().err()).doesNotContain("null");
  }

  @Test
  void theMillisecondsAreThoseSinceTheStart() {
    assertThat(accessToken("-v", "--timeout", "999999999h", "github").err())
        .matches("(?s)coder: \\d{1,4} ms.*");
  }

  @Test
  void theTokenIsNotToldAsTheRequestsName() {
    coder.fault(
        new Fault.Instead(
            200, Map.of("X-Coder-Request-Id", coder.agentToken()), "{\"access_token\":\"t\"}"));
    assertThat(accessToken("-v", "github").err()).doesNotContain(coder.agentToken());
  }

  @Test
  void whatToDoNextIsSaidEvenAfterALongMessage() {
    String noise = "\\u001b".repeat(3000);
    coder.faultAlways(Fault.json(500, "{\"message\":\"m\",\"detail\":\"" + noise + "\"}"));
    assertThat(accessToken("github").err()).contains("try again later");
  }

  @Test
  void nothingSecretIsPartOfToString() {
    assertThat(Outcome.ok("s3cr3t").toString()).doesNotContain("s3cr3t");
  }

  @Test
  void norOfArguments() {
    assertThat(
            new Arguments(
                    Map.of("--agent-token", List.of("s3cr3t")),
                    List.of(),
                    Map.of("CODER_AGENT_TOKEN", "s3cr3t"))
                .toString())
        .doesNotContain("s3cr3t");
  }
}
