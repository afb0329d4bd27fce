package dev.sessiontoken.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sessiontoken.testkit.Fault;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The main job: standard output and exit status. */
class AccessTokenTest extends ProgramTest {

  @Nested
  class Answers {

    @Test
    void theTokenAndNothingElse() {
      assertThat(accessToken("github")).isEqualTo(new Ended(0, "gho_bananas", ""));
    }

    @Test
    void thePageToLogInAt() {
      assertThat(accessToken("gitlab"))
          .isEqualTo(new Ended(1, coder.url() + "/external-auth/gitlab", ""));
    }

    @Test
    void aTokenThatIsNotAscii() {
      coder.faultAlways(Fault.json(200, "{\"access_token\":\"é😀 b\"}"));
      assertThat(accessToken("github")).isEqualTo(new Ended(0, "é😀 b", ""));
    }
  }

  @Nested
  class ExitCodes {

    @Test
    void aDeploymentThatIsNotNamed() {
      failed(run(Map.of(), withWords("github")), 3, "neither its URL nor an agent token is given");
      failed(
          run(Map.of("CODER_AGENT_TOKEN", "t"), withWords("github")),
          3,
          "its URL is not given; set CODER_AGENT_URL or give --agent-url");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"ftp://x", "x", "http://", "https://u:s3cr3t@h", "http://h:0", "http://a b"})
    void anInvalidUrl(String url) {
      var run = run(environment("CODER_AGENT_URL", url), withWords("github"));
      failed(
          run,
          3,
          "read the deployment's URL",
          "a deployment's URL looks like https://coder.example.com");
      assertThat(run.err()).doesNotContain("s3cr3t");
    }

    @Test
    void noToken() {
      failed(
          run(environment("CODER_AGENT_TOKEN", ""), withWords("github")),
          3,
          "take the agent's token: there is none; set CODER_AGENT_TOKEN or");
    }

    @Test
    void anInvalidToken() {
      var run = run(environment("CODER_AGENT_TOKEN", "s3cr3t\nx"), withWords("github"));
      failed(run, 3, "without a line end");
      assertThat(run.err()).doesNotContain("s3cr3t");
      assertThat(coder.requests()).isEmpty();
    }

    @Test
    void anUnknownAuthProvider() {
      failed(
          accessToken("--auth", "nope\u001b[2J", "github"),
          3,
          "no provider is called \"nope\\u001b[2J\"",
          "token, token-file");
    }

    @Test
    void aTokenFileThatIsNotThere(@org.junit.jupiter.api.io.TempDir Path folder) {
      failed(
          accessToken("--auth", "token-file", "--agent-token-file", folder + "/none", "github"),
          3,
          folder + "/none: there is no such file");
    }

    @Test
    void anAgentThatIsRefused() {
      String stale = UUID.randomUUID().toString();
      var run = run(environment("CODER_AGENT_TOKEN", stale), withWords("github"));
      failed(
          run,
          4,
          "GET " + coder.url() + "/api/v2/workspaceagents/me/external-auth: HTTP 401: Workspace",
          "not authorized. The agent cannot authenticate",
          "; is the token that of");
      assertThat(run.err()).doesNotContain(stale);
    }

    @Test
    void anAgentWithoutPermission() {
      coder.faultAlways(
          Fault.json(403, "{\"message\":\"Forbidden.\",\"detail\":\"No permission.\"}"));
      failed(accessToken("github"), 4, "HTTP 403: Forbidden. No permission");
    }

    @Test
    void anUnknownProvider() {
      failed(accessToken("nope"), 5, "\"nope\"", "HTTP 404", "; the ids are those of");
    }

    @Test
    void aClosedPort() throws IOException {
      String url;
      try (var socket = new ServerSocket(0)) {
        url = "http://127.0.0.1:" + socket.getLocalPort();
      }
      failed(
          run(environment("CODER_AGENT_URL", url), withWords("github")),
          6,
          "GET " + url,
          "connect");
    }

    @Test
    void aHostThatHasNoAddress() {
      failed(
          run(environment("CODER_AGENT_URL", "http://nohost.invalid"), withWords("github")),
          6,
          "the host name nohost.invalid cannot be resolved");
    }

    @Test
    void noAnswer() {
      coder.faultAlways(new Fault.Silence());
      failed(accessToken("--timeout", "300ms", "github"), 6, "time limit reached", "--timeout");
    }

    @Test
    void anEndlessBody() {
      coder.faultAlways(new Fault.Endless());
      failed(accessToken("github"), 7, "larger than 1048576 bytes");
    }

    @Test
    void aConnectionClosedWithoutAnAnswer() {
      for (int i = 0; i < 20; i++)
        coder.faultAlways(new Fault.HangUp()); // more than the JDK's own retries
      failed(accessToken("github"), 6, "closed without an answer");
    }

    @Test
    void anAnswerCutShort() {
      coder.faultAlways(new Fault.CutShort());
      failed(accessToken("github"), 7, "cut short");
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 502, 503, 504})
    void aDeploymentThatAnswersARetryableStatus(int status) {
      coder.faultAlways(Fault.json(status, "{\"message\":\"Wait.\"}"));
      failed(accessToken("github"), 6, "HTTP " + status + ": Wait (4 tries in ");
    }

    @Test
    void aFailureInTheWordsOfTheApi() {
      coder.faultAlways(
          Fault.json(500, "{\"message\":\"Failed to refresh external auth token.\"}"));
      failed(accessToken("github"), 6, "HTTP 500: Failed to refresh external auth token");
      assertThat(coder.requests()).hasSize(1);
    }

    @Test
    void aLoginPage() {
      coder.faultAlways(Fault.html(200));
      failed(accessToken("github"), 7, "HTTP 200 with an HTML page instead of JSON");
    }

    @Test
    void aRedirect() {
      coder.faultAlways(Fault.redirect("https://sso.example.com/?x=1"));
      failed(accessToken("github"), 7, "a redirect to https://sso.example.com, which is not");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "",
          "{",
          "[]",
          "\"t\"",
          "{}",
          "{\"access_token\":7}",
          "{\"access_token\":\"s3cr3t\\n\"}",
          "{\"url\":\"javascript:s3cr3t\"}",
          "{\"access_token\":\"s3cr3t"
        })
    void anAnswerOfTheWrongShape(String body) {
      coder.faultAlways(Fault.json(200, body));
      var run = accessToken("github");
      failed(run, 7);
      assertThat(run.err()).doesNotContain("s3cr3t");
    }

    @Test
    void aMessageWithControlCharacters() {
      coder.faultAlways(Fault.json(500, "{\"message\":\"\\u001b[2Ja\\nb\\u202e\\u0007\"}"));
      failed(accessToken("github"), 6, "\\u001b[2Ja\\nb\\u202e\\u0007");
    }

    @Test
    void aMessageOfManyCharacters() {
      coder.faultAlways(Fault.json(500, "{\"message\":\"" + "m".repeat(900_000) + "\"}"));
      var run = accessToken("github");
      failed(run, 6, "cut", "; try again later");
      assertThat(run.err()).hasSizeLessThan(2100);
    }
  }

  @Nested
  class StandardOutput {

    /** A pipe whose reader has ended. */
    private static final class Closed extends OutputStream {
      @Override
      public void write(int b) throws IOException {
        throw new IOException("Broken pipe");
      }
    }

    @Test
    void thatIsClosedIsReportedInOneLine() {
      var err = new java.io.ByteArrayOutputStream();
      int status = run(new Closed(), err, environment(), withWords("github"));
      assertThat(status).isEqualTo(6);
      assertThat(err)
          .hasToString(
              "coder: write the answer to standard output: Broken pipe; is the reader gone?\n");
    }
  }

  @Nested
  class OneJvm {

    @Test
    void runsManyAtOnceWithTheirOwnAnswers() throws Exception {
      var runs = new ArrayList<Future<Ended>>();
      try (var threads = Executors.newFixedThreadPool(8)) {
        for (int i = 0; i < 40; i++) {
          String id = i % 2 == 0 ? "github" : "nope" + i;
          runs.add(threads.submit(() -> accessToken(id)));
        }
      }
      for (int i = 0; i < runs.size(); i++) {
        var run = runs.get(i).get();
        if (i % 2 == 0) assertThat(run).isEqualTo(new Ended(0, "gho_bananas", ""));
        else failed(run, 5, "\"nope" + i + "\"");
      }
    }

    @Test
    void twoRunsWaitAtTheSameTime() throws Exception {
      coder.faultAlways(new Fault.Held()).fault(new Fault.Held());
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        var one = threads.submit(() -> accessToken("github"));
        var two = threads.submit(() -> accessToken("slack"));
        coder.awaitRequests(2);
        coder.resume();
        assertThat(one.get().out()).isEqualTo("gho_bananas");
        assertThat(two.get().out()).isEqualTo("xoxp-bananas");
      }
    }
  }

  @Test
  void anInterruptEndsWithStatus130() throws Exception {
    coder.fault(new Fault.Silence());
    var run = new FutureTask<>(() -> accessToken("github"));
    var thread = Thread.ofPlatform().start(run);
    coder.awaitRequests(1);
    thread.interrupt();
    assertThat(run.get().status()).isEqualTo(130);
    assertThat(run.get().err()).doesNotContain("null");
  }

  @Test
  void theHintIsPrintedEvenAfterALongMessage() {
    String noise = "\\u001b".repeat(3000);
    coder.faultAlways(Fault.json(500, "{\"message\":\"m\",\"detail\":\"" + noise + "\"}"));
    assertThat(accessToken("github").err()).contains("try again later");
  }
}
