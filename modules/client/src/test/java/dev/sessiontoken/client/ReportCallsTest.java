package dev.sessiontoken.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sessiontoken.spi.SessionTokenException.BadAnswer;
import dev.sessiontoken.spi.SessionTokenException.Rejected;
import dev.sessiontoken.testkit.FakeCoder;
import dev.sessiontoken.testkit.Fault;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an agent tells its deployment, and what the deployment says of itself. */
class ReportCallsTest extends ClientTest {
  private static final Instant NOW = Instant.parse("2026-11-25T12:00:00.5Z");

  @Nested
  class TheVersion {

    @Test
    void isReadWithoutAToken() throws Exception {
      var info = client().buildInfo(soon());
      assertThat(info.version()).startsWith("v2.");
      assertThat(info.dashboardUrl()).isEqualTo(coder.url().toString());
      assertThat(info.agentApiVersion()).isEqualTo("1.0");
      assertThat(info.isTelemetryOn()).isFalse();
      assertThat(coder.requests().getFirst().sessionToken()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"version\":1}", "{\"version\":\" \"}", "null", "<html>"})
    void mustBeThere(String body) {
      coder.fault(Fault.json(200, body));
      assertThatThrownBy(() -> client().buildInfo(soon())).isInstanceOf(BadAnswer.class);
    }

    @Test
    void mayBeAllThatTheDeploymentSays() throws Exception {
      coder.fault(Fault.json(200, "{\"version\":\"v2\",\"telemetry\":true}"));
      assertThat(client().buildInfo(soon()))
          .isEqualTo(new BuildInfo("v2", "", "", true, false, "", "", ""));
    }
  }

  @Nested
  class ASource {
    private final UUID id = UUID.randomUUID();

    @Test
    void isMadeKnownByItsName() throws Exception {
      client().logSource(new LogSource(id, "Start-up", "/emojis/1f310.png"), soon());
      assertThat(coder.logSources()).containsEntry(id.toString(), "Start-up");
    }

    @Test
    void mayBeMadeKnownTwice() throws Exception {
      client().logSource(new LogSource(id, "one", ""), soon());
      client().logSource(new LogSource(id, "two", ""), soon());
      assertThat(coder.logSources()).containsEntry(id.toString(), "one");
    }

    @Test
    void isRefusedBeforeItIsSentIfTheDeploymentWouldCutIt() {
      new LogSource(id, "é".repeat(127), "");
      for (String name : List.of("", "é".repeat(128), "a\0b")) {
        assertThatIllegalArgumentException().isThrownBy(() -> new LogSource(id, name, ""));
      }
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new LogSource(new UUID(0, 0), "name", ""));
    }

    @Test
    void mustBeTheOneThatWasSent() {
      coder.fault(Fault.json(201, "{\"id\":\"" + UUID.randomUUID() + "\"}"));
      assertThatThrownBy(() -> client().logSource(new LogSource(id, "name", ""), soon()))
          .isInstanceOf(BadAnswer.class);
    }
  }

  @Nested
  class Logs {

    private SentLogs send(List<String> lines) throws Exception {
      var entries = lines.stream().map(line -> new LogEntry(NOW, LogLevel.WARN, line)).toList();
      return client().sendLogs(Optional.empty(), entries, soon());
    }

    @Test
    void areSentWithTimeAndLevel() throws Exception {
      assertThat(send(List.of("one", "", "drei ö"))).isEqualTo(new SentLogs.Sent());
      assertThat(coder.logs())
          .extracting(FakeCoder.StoredLog::output)
          .containsExactly("one", "", "drei ö");
      assertThat(coder.logs()).allMatch(line -> line.level().equals("warn"));
      assertThat(coder.requests().getFirst().body())
          .contains("\"created_at\":\"2026-11-25T12:00:00.500Z\"")
          .doesNotContain("log_source_id");
    }

    @Test
    void goToTheirSource() throws Exception {
      var id = UUID.randomUUID();
      client().sendLogs(Optional.of(id), List.of(new LogEntry(NOW, LogLevel.INFO, "line")), soon());
      assertThat(coder.logs())
          .containsExactly(new FakeCoder.StoredLog(id.toString(), "info", "line"));
    }

    @ParameterizedTest
    @EnumSource
    void ofEveryLevelAreAccepted(LogLevel level) throws Exception {
      client().sendLogs(Optional.empty(), List.of(new LogEntry(NOW, level, "x")), soon());
      assertThat(coder.logs().getFirst().level()).isEqualTo(level.word());
    }

    @Test
    void withoutLinesAreNotSent() throws Exception {
      assertThat(send(List.of())).isEqualTo(new SentLogs.Sent());
      assertThat(coder.requests()).isEmpty();
    }

    @Test
    void loseTheirNulCharacters() throws Exception {
      send(List.of("a\0b\0"));
      assertThat(coder.logs().getFirst().output()).isEqualTo("ab");
    }

    @Test
    void loseNothingOfLongLines() throws Exception {
      String line = "😀".repeat(1024) + "é".repeat(1024) + "end";
      send(List.of(line));
      assertThat(coder.logs()).hasSize(3);
      assertThat(coder.logs().stream().map(FakeCoder.StoredLog::output))
          .as("parts")
          .satisfies(parts -> assertThat(String.join("", parts)).isEqualTo(line));
    }

    @Test
    void goInRequestsThatProxiesAccept() throws Exception {
      var lines = Collections.nCopies(800, "\u001b\"".repeat(500)); // six bytes and two as JSON
      assertThat(send(lines)).isEqualTo(new SentLogs.Sent());
      assertThat(coder.requests())
          .hasSizeGreaterThan(2)
          .allSatisfy(request ->
              assertThat(request.body().getBytes(StandardCharsets.UTF_8).length)
                  .isLessThan(600_000));
      assertThat(coder.logs()).hasSize(800);
    }

    @Test
    void beyondTheLimitAreCounted() throws Exception {
      var lines = Collections.nCopies(1100, "x".repeat(1000));
      assertThat(send(lines))
          .isInstanceOfSatisfying(
              SentLogs.LimitExceeded.class,
              limit -> assertThat(limit.entries()).isEqualTo(coder.logs().size()).isPositive());
      assertThat(send(List.of("x".repeat(1000)))).isEqualTo(new SentLogs.Sent());
    }

    @Test
    void refusedByAProxyForTheirSizeAreNoLimitOfTheDeployment() {
      coder.faultAlways(Fault.html(413));
      assertThatThrownBy(() -> send(List.of("line"))).isInstanceOf(BadAnswer.class);
    }

    @Test
    void answeredByAPageAreNotSent() {
      coder.faultAlways(Fault.html(200));
      assertThatThrownBy(() -> send(List.of("line"))).isInstanceOf(BadAnswer.class);
    }

    @Test
    void ofYearsWithMoreDigitsAreRefused() {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new LogEntry(Instant.MAX, LogLevel.INFO, "line"));
    }

    @Test
    void doNotPrintTheirText() {
      assertThat(new LogEntry(NOW, LogLevel.INFO, "s3cr3t").toString()).doesNotContain("s3cr3t");
    }
  }

  @Nested
  class AStatus {

    private StatusReport report(String app, String message) throws Exception {
      var page = Optional.of(URI.create("https://example.com/1"));
      return client()
          .reportStatus(new AppStatus(app, AppStatus.State.WORKING, message, page), soon());
    }

    @Test
    void isKept() throws Exception {
      assertThat(report(FakeCoder.APP, "builds")).isEqualTo(new StatusReport.Accepted());
      assertThat(coder.appStatuses())
          .containsExactly(
              new FakeCoder.StoredStatus("working", "builds", "https://example.com/1"));
    }

    @ParameterizedTest
    @EnumSource
    void ofEveryStateIsAccepted(AppStatus.State state) throws Exception {
      var status = new AppStatus(FakeCoder.APP, state, "", Optional.empty());
      assertThat(client().reportStatus(status, soon())).isEqualTo(new StatusReport.Accepted());
    }

    @Test
    void ofAnUnknownAppIsToldApart() throws Exception {
      assertThat(report("nope", "")).isEqualTo(new StatusReport.UnknownApp("nope"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void hasItsMessageCutAtACharacter(int offset) throws Exception {
      report(FakeCoder.APP, "x".repeat(offset) + "😀".repeat(60));
      String kept = coder.appStatuses().getFirst().message();
      assertThat(kept).isEqualTo("x".repeat(offset) + "😀".repeat((160 - offset) / 4));
    }

    @Test
    void keepsAMessageOf160Bytes() {
      String message = "é".repeat(80);
      assertThat(new AppStatus("a", AppStatus.State.IDLE, message, Optional.empty()).message())
          .isEqualTo(message);
    }

    @Test
    void refusedOtherwiseSaysWhy() {
      coder.fault(
          Fault.json(400, "{\"message\":\"Failed to get workspace app.\",\"detail\":\"db\"}"));
      assertThatThrownBy(() -> report(FakeCoder.APP, ""))
          .hasMessageContaining("Failed to get workspace app. db");
    }

    @Test
    void isNoSecret() {
      assertThatThrownBy(() ->
              client(Tokens.fixed(UUID.randomUUID().toString()))
                  .reportStatus(
                      new AppStatus("Workspace", AppStatus.State.IDLE, "agent", Optional.empty()),
                      soon()))
          .isInstanceOf(Rejected.class)
          .hasMessageContaining("HTTP 401: Workspace agent not authorized");
    }
  }
}
