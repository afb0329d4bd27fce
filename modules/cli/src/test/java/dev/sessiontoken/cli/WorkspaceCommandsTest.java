package dev.sessiontoken.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sessiontoken.testkit.FakeCoder;
import dev.sessiontoken.testkit.Fault;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands by which programs of a workspace report to the deployment. */
class WorkspaceCommandsTest extends ProgramTest {

  @Nested
  class ReportStatus {

    private Ended report(String... args) {
      return run(environment("CODER_MCP_APP_STATUS_SLUG", FakeCoder.APP), line(args));
    }

    private String[] line(String... args) {
      var line = new String[args.length + 1];
      line[0] = "report-status";
      System.arraycopy(args, 0, line, 1, args.length);
      return line;
    }

    @Test
    void showsStateMessageAndPage() {
      assertThat(report("working", "runs the tests", "--uri", "https://example.com/1"))
          .isEqualTo(new Ended(0, "", ""));
      assertThat(coder.appStatuses())
          .containsExactly(
              new FakeCoder.StoredStatus("working", "runs the tests", "https://example.com/1"));
    }

    @Test
    void needsNoMessage() {
      assertThat(report("IDLE")).isEqualTo(new Ended(0, "", ""));
      assertThat(coder.appStatuses()).containsExactly(new FakeCoder.StoredStatus("idle", "", ""));
    }

    @Test
    void namesTheAppByAFlagAsWell() {
      assertThat(report("idle", "--app", "nope"))
          .isEqualTo(
              new Ended(5, "", "coder: the template of this workspace has no app \"nope\"\n"));
    }

    @Test
    void needsAnApp() {
      failed(
          run(environment("CODER_MCP_APP_STATUS_SLUG", ""), "report-status", "idle"),
          3,
          "choose the app: none is named; give --app or set CODER_MCP_APP_STATUS_SLUG");
    }

    @Test
    void refusesWhatTheDeploymentWouldRefuse() {
      misused(report("sleeping"), "the state is one of working, idle, complete, failure");
      misused(report("idle", "--uri", "a b"), "--uri wants a URI");
      misused(report(), "takes one argument, the state, and perhaps a message, but got 0");
      misused(report("idle", "a", "b"), "but got 3");
      assertThat(coder.requests()).isEmpty();
    }

    @Test
    void isNotShownAsASecret() {
      coder.faultAlways(Fault.json(403, "{\"message\":\"no working here\"}"));
      failed(report("working", "here"), 4, "no working here");
    }
  }

  @Nested
  class WaitReinit {

    @Test
    void returnsWhenTheWorkspaceIsClaimed() throws Exception {
      coder.prebuild();
      var run = new FutureTask<>(() -> run(environment(), "wait-reinit"));
      Thread.ofPlatform().start(run);
      coder.awaitStreams(1);
      assertThat(run.isDone()).isFalse();
      coder.claim(UUID.randomUUID(), UUID.randomUUID());
      assertThat(run.get()).isEqualTo(new Ended(0, "", ""));
    }

    @Test
    void printsTheOwnerAsJson() throws Exception {
      coder.prebuild();
      var run = new FutureTask<>(() -> run(environment(), "wait-reinit", "--output", "json"));
      Thread.ofPlatform().start(run);
      coder.awaitStreams(1);
      var owner = UUID.randomUUID();
      coder.claim(UUID.randomUUID(), owner);
      assertThat(run.get().out()).endsWith("\"owner_id\":\"" + owner + "\"}\n");
    }

    @Test
    void isRefusedWhereThereIsNothingToWaitFor() {
      failed(
          run(environment(), "wait-reinit"),
          4,
          "Workspace is not a prebuilt workspace waiting to be claimed.",
          "only agents of prebuilt workspaces");
    }

    @Test
    void endsInTime() {
      coder.prebuild();
      failed(run(environment(), "wait-reinit", "--wait-timeout", "100ms"), 6, "time limit reached");
    }
  }

  @Nested
  class LogsSend {

    private Ended send(String input, String... flags) {
      return runWithInput(input, environment(), line(flags));
    }

    private String[] line(String... flags) {
      var line = new String[flags.length + 2];
      line[0] = "logs";
      line[1] = "send";
      System.arraycopy(flags, 0, line, 2, flags.length);
      return line;
    }

    /** Runs the command with an input that a test writes. */
    private FutureTask<Ended> sending(InputStream in) {
      var task =
          new FutureTask<>(() -> {
            var err = new ByteArrayOutputStream();
            var out = OutputStream.nullOutputStream();
            int status = ProgramTest.run(in, out, err, environment(), line());
            return new Ended(status, "", err.toString(StandardCharsets.UTF_8));
          });
      Thread.ofPlatform().start(task);
      return task;
    }

    @Test
    void sendsEachLine() {
      assertThat(send("one\nzwei ü\n\nfour")).isEqualTo(new Ended(0, "", ""));
      assertThat(coder.logs())
          .extracting(FakeCoder.StoredLog::output)
          .containsExactly("one", "zwei ü", "", "four");
      assertThat(coder.logSources()).containsValue("External");
    }

    @Test
    void usesLevelAndSourceTheSameEachTime() {
      assertThat(send("one\n", "--source", "Install", "--level", "WARN").status()).isZero();
      assertThat(send("two\n", "--source", "Install").status()).isZero();
      assertThat(coder.logSources()).hasSize(1).containsValue("Install");
      assertThat(coder.logs())
          .extracting(FakeCoder.StoredLog::level)
          .containsExactly("warn", "info");
      assertThat(coder.logs()).allMatch(each -> coder.logSources().containsKey(each.source()));
    }

    @Test
    void sendsWithinASecondWhileTheInputGoesOn() throws Exception {
      var in = new PipedInputStream();
      FutureTask<Ended> run;
      try (var writer = new PipedOutputStream(in)) {
        run = sending(in);
        writer.write("one\n".getBytes(StandardCharsets.UTF_8));
        writer.flush();
        coder.awaitRequests(1);
        assertThat(run.isDone()).isFalse();
      }
      assertThat(run.get()).isEqualTo(new Ended(0, "", ""));
    }

    @Test
    void triesAgainAfterWhatMayPass() throws Exception {
      for (int i = 0; i < 4; i++) coder.fault(Fault.html(502)); // all tries of one request
      var in = new PipedInputStream();
      FutureTask<Ended> run;
      try (var writer = new PipedOutputStream(in)) {
        run = sending(in);
        writer.write("one\n".getBytes(StandardCharsets.UTF_8));
        writer.flush();
        coder.awaitRequests(4);
      }
      assertThat(run.get()).isEqualTo(new Ended(0, "", ""));
      assertThat(coder.logs()).hasSize(1);
    }

    @Test
    void saysAtTheEndWhatWasNotSent() {
      coder.faultAlways(Fault.html(502));
      failed(send("one\ntwo\n"), 6, "2 of 2 lines were not sent: HTTP 502");
    }

    @Test
    void readsAllInputWhenTheSpaceForLogsIsUsedUp() throws Exception {
      var text = ("x".repeat(1000) + "\n").repeat(3000).getBytes(StandardCharsets.UTF_8);
      var in = new ByteArrayInputStream(text);
      var run = sending(in).get();
      failed(run, 4, " of 3000 lines were not sent: the deployment keeps 1 MiB of logs");
      assertThat(in.available()).isZero();
      assertThat(coder.logs()).isNotEmpty();
    }

    @Test
    void readsAllInputWhereNothingIsConfigured() {
      var in = new ByteArrayInputStream("one\n".getBytes(StandardCharsets.UTF_8));
      var err = new ByteArrayOutputStream();
      assertThat(ProgramTest.run(in, OutputStream.nullOutputStream(), err, Map.of(), line()))
          .isEqualTo(3);
      assertThat(in.available()).isZero();
      assertThat(err.toString(StandardCharsets.UTF_8)).contains("1 of 1 lines were not sent");
    }

    @Test
    void sendsNothingWithoutInput() {
      assertThat(send("")).isEqualTo(new Ended(0, "", ""));
      assertThat(coder.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--level fatal", "--level=", "--source=", "extra"})
    void refusesWhatTheDeploymentWouldRefuse(String flags) {
      misused(send("one\n", flags.split(" ", -1)), "takes");
      assertThat(coder.requests()).isEmpty();
    }
  }
}
