package dev.sessiontoken.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sessiontoken.http.Call;
import dev.sessiontoken.http.DeploymentClient;
import dev.sessiontoken.http.DeploymentSettings;
import dev.sessiontoken.spi.Deadline;
import dev.sessiontoken.spi.SessionToken;
import dev.sessiontoken.spi.SessionTokenException.BadAnswer;
import dev.sessiontoken.spi.SessionTokenException.Rejected;
import dev.sessiontoken.spi.SessionTokenException.Unreachable;
import dev.sessiontoken.testkit.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Waiting for the user who claims a prebuilt workspace. */
class ReinitializationsTest extends ClientTest {
  private static final UUID WORKSPACE = UUID.randomUUID();
  private static final UUID OWNER = UUID.randomUUID();
  private static final Reinitialization CLAIMED =
      new Reinitialization.Claimed(WORKSPACE, "prebuild_claimed", Optional.of(OWNER));

  private FutureTask<Reinitialization> waiting(Reinitializations events) {
    var task = new FutureTask<>(() -> events.next(soon()));
    Thread.ofPlatform().start(task);
    return task;
  }

  /** The event that a deployment sends with this data, at the end of other lines. */
  private Reinitialization event(String lines) throws Exception {
    coder.fault(new Fault.Instead(200, Map.of("Content-Type", "text/event-stream"), lines));
    try (var events = client().reinitializations()) {
      return events.next(soon());
    }
  }

  @Test
  void endsWithTheClaim() throws Exception {
    coder.prebuild();
    try (var events = client().reinitializations()) {
      var task = waiting(events);
      coder.awaitStreams(1);
      coder.ping();
      assertThat(task.isDone()).isFalse();
      coder.claim(WORKSPACE, OWNER);
      assertThat(task.get()).isEqualTo(CLAIMED);
      assertThat(coder.requests().getFirst().query()).containsEntry("wait", "true");
    }
  }

  @Test
  void connectsAgainWhenTheAnswerEnds() throws Exception {
    coder.prebuild();
    try (var events = client().reinitializations()) {
      var task = waiting(events);
      coder.awaitStreams(1);
      coder.ping();
      coder.endStreams();
      coder.awaitStreams(2);
      coder.claim(WORKSPACE, OWNER);
      assertThat(task.get()).isEqualTo(CLAIMED);
    }
  }

  @Test
  void connectsAgainAfterWhatMayPass() throws Exception {
    coder.prebuild();
    coder.fault(new Fault.HangUp()).fault(Fault.html(502)).fault(Fault.json(429, "{}"));
    coder.fault(new Fault.Instead(200, Map.of("Content-Type", "text/event-stream"), ": no\n\n"));
    try (var events = client().reinitializations()) {
      var task = waiting(events);
      coder.awaitStreams(1);
      coder.claim(WORKSPACE, OWNER);
      assertThat(task.get()).isEqualTo(CLAIMED);
    }
  }

  @Test
  void pausesLongerAfterEachFailureAndShorterAfterSuccess() throws Exception {
    coder.prebuild();
    var pauses = new CopyOnWriteArrayList<Long>();
    for (int i = 0; i < 12; i++) coder.fault(Fault.html(502));
    coder.fault(
        new Fault.Instead(200, Map.of("Content-Type", "text/event-stream"), "event: ping\n\n"));
    try (var http = http();
        var events =
            new Reinitializations(
                deadline -> http.stream(call(), token(), deadline),
                pause -> pauses.add(pause.toMillis()),
                Reinitializations.SILENCE)) {
      var task = new FutureTask<>(() -> events.next(Deadline.in(Duration.ofDays(1))));
      Thread.ofPlatform().start(task);
      coder.awaitStreams(1);
      coder.claim(WORKSPACE, OWNER);
      assertThat(task.get()).isEqualTo(CLAIMED);
    }
    assertThat(pauses.subList(0, 3)).containsExactly(162L, 262L, 424L);
    assertThat(pauses.subList(9, 13)).containsExactly(10_000L, 10_000L, 10_000L, 162L);
  }

  @Test
  void aConnectionWithoutPingsIsDead() throws Exception {
    coder.prebuild();
    try (var http = http();
        var events =
            new Reinitializations(
                deadline -> http.stream(call(), token(), deadline),
                _ -> {},
                Duration.ofMillis(300))) {
      var task = waiting(events);
      coder.awaitStreams(1);
      coder.ping(); // the head of the answer, and then silence
      coder.awaitStreams(2);
      coder.claim(WORKSPACE, OWNER);
      assertThat(task.get()).isEqualTo(CLAIMED);
    }
  }

  private DeploymentClient http() throws Exception {
    return new DeploymentClient(DeploymentSettings.of(coder.url()));
  }

  private static Call call() {
    return Call.get("/api/v2/workspaceagents/me/reinit", Map.of("wait", "true"));
  }

  private Optional<SessionToken> token() {
    return Optional.of(SessionToken.of(coder.agentToken()));
  }

  @Test
  void aWorkspaceThatIsNotPrebuiltIsFinal() throws Exception {
    try (var events = client().reinitializations()) {
      var first = events.next(soon());
      assertThat(first)
          .isInstanceOfSatisfying(
              Reinitialization.NotAwaited.class,
              no -> assertThat(no.reason()).startsWith("Workspace is not a prebuilt workspace"));
      assertThat(events.next(soon())).isSameAs(first);
      assertThat(coder.requests()).hasSize(1);
    }
  }

  @Test
  void aRefusedTokenIsFinal() {
    var stale = client(Tokens.fixed(UUID.randomUUID().toString()));
    try (var events = stale.reinitializations()) {
      assertThatThrownBy(() -> events.next(soon()))
          .isInstanceOf(Rejected.class)
          .hasMessageContaining("HTTP 401");
    }
    assertThat(coder.requests()).hasSize(1);
  }

  @Test
  void aPageInsteadOfEventsIsFinal() {
    coder.faultAlways(Fault.html(200));
    try (var events = client().reinitializations()) {
      assertThatThrownBy(() -> events.next(soon())).isInstanceOf(BadAnswer.class);
    }
  }

  @Test
  void endsAtTheDeadlineWithTheLastFailure() {
    coder.faultAlways(Fault.html(502));
    try (var events = client().reinitializations()) {
      assertThatThrownBy(() -> events.next(Deadline.in(Duration.ofMillis(200))))
          .isInstanceOf(Unreachable.class)
          .hasMessageContaining("HTTP 502");
    }
  }

  @Nested
  class Events {
    private static final String OLD =
        "{\"WorkspaceID\":\"" + WORKSPACE + "\",\"reason\":\"prebuild_claimed\"}";

    @Test
    void ofOldDeploymentsHaveAnotherSpelling() throws Exception {
      assertThat(event("event: data\ndata: " + OLD + "\n\n"))
          .isEqualTo(new Reinitialization.Claimed(WORKSPACE, "prebuild_claimed", Optional.empty()));
    }

    @Test
    void mayComeInAnyFormThatTheStandardAllows() throws Exception {
      var lines =
          List.of(": comment", "", "id: 1", "event:later", "data:x", "", "event: data", "data:{");
      String rest = "data: " + OLD.substring(1) + "\r\n\r\n";
      assertThat(event(String.join("\r\n", lines) + "\r\n" + rest))
          .isInstanceOf(Reinitialization.Claimed.class);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"", "{}", "[]", "{", "{\"workspace_id\":\"x\"}", "{\"workspace_id\":1}"})
    void mustNameTheWorkspace(String data) {
      assertThatThrownBy(() -> event("event: data\ndata: " + data + "\n\n"))
          .isInstanceOf(BadAnswer.class);
    }

    @Test
    void mustNotBeEndless() {
      assertThatThrownBy(() -> event("data: " + "x".repeat(70_000) + "\n\n"))
          .isInstanceOf(BadAnswer.class);
      assertThatThrownBy(() -> event(("data: " + "x".repeat(40_000) + "\n").repeat(2) + "\n"))
          .isInstanceOf(BadAnswer.class);
    }
  }
}
