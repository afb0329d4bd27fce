package dev.sessiontoken.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sessiontoken.spi.Deadline;
import dev.sessiontoken.spi.SessionToken;
import dev.sessiontoken.spi.SessionTokenException.BadAnswer;
import dev.sessiontoken.spi.SessionTokenException.Unreachable;
import dev.sessiontoken.testkit.raw.RawServer;
import dev.sessiontoken.testkit.raw.Script;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LineStreamTest {
  private static final Call CALL = Call.get("/events", Map.of());
  private static final String HEAD =
      "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";

  /** Reads an answer. */
  private interface Reader {
    void read(LineStream stream) throws Exception;
  }

  private static void answered(Script script, Reader reader) throws Exception {
    try (var server = RawServer.start(script);
        var client = new DeploymentClient(DeploymentSettings.of(server.url()));
        var stream = client.stream(CALL, Optional.of(SessionToken.of("s3cr3t-token")), soon())) {
      reader.read(stream);
    }
  }

  private static Deadline soon() {
    return Deadline.in(Duration.ofSeconds(30));
  }

  private static String chunk(String text) {
    return Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
  }

  @Test
  void givesLinesWhileTheAnswerGoesOn() throws Exception {
    answered(
        Script.stallsAfter(HEAD + chunk("one\r\ntw") + chunk("o\n\nrest")),
        stream -> {
          assertThat(stream.answer().status()).isEqualTo(200);
          assertThat(stream.next(soon())).contains("one");
          assertThat(stream.next(soon())).contains("two");
          assertThat(stream.next(soon())).contains("");
          assertThatThrownBy(() -> stream.next(Deadline.in(Duration.ofMillis(50))))
              .isInstanceOf(Unreachable.class)
              .hasMessageContaining("time limit reached while waiting for more of the answer");
        });
  }

  @Test
  void hidesTheTokenThatABrokenHeadSendsBack() {
    assertThatThrownBy(() ->
            answered(Script.sends("HTTP/1.1 200 OK\r\nX s3cr3t-token: a\r\n\r\n"), stream -> {}))
        .isInstanceOf(BadAnswer.class)
        .hasMessageContaining("[secret]")
        .hasMessageNotContaining("s3cr3t-token");
  }

  @Test
  void endsWithTheAnswer() throws Exception {
    answered(
        Script.sends(HEAD + chunk("one\nrest") + "0\r\n\r\n"),
        stream -> {
          assertThat(stream.next(soon())).contains("one");
          assertThat(stream.next(soon())).isEmpty();
          assertThat(stream.next(soon())).isEmpty();
        });
  }

  @Test
  void tellsABrokenConnectionFromTheEnd() throws Exception {
    answered(
        Script.sends(HEAD + chunk("one\n")),
        stream -> {
          assertThat(stream.next(soon())).contains("one");
          assertThatThrownBy(() -> stream.next(soon()))
              .isInstanceOf(Unreachable.class)
              .hasMessageContaining("the connection broke");
        });
  }

  @Test
  void refusesALineWithoutEnd() throws Exception {
    answered(
        Script.endless(HEAD, chunk("x".repeat(5000))),
        stream -> assertThatThrownBy(() -> stream.next(soon())).isInstanceOf(BadAnswer.class));
  }

  @Test
  void takesNoMoreThanTheReaderWants() throws Exception {
    answered(
        Script.endless(HEAD, chunk("x".repeat(5000) + "\n")),
        stream -> {
          for (int i = 0; i < 1000; i++) assertThat(stream.next(soon())).isPresent();
        });
  }

  @Test
  void hasTheWholeBodyOfARefusal() throws Exception {
    String body = "{\"message\":\"no s3cr3t-token\"}";
    answered(
        Script.sends(
            "HTTP/1.1 409 Conflict\r\nContent-Length: " + body.length() + "\r\n\r\n" + body),
        stream -> {
          var answer = stream.answer();
          assertThat(answer.status()).isEqualTo(409);
          assertThat(answer.hide(answer.text())).isEqualTo("{\"message\":\"no [secret]\"}");
          assertThat(stream.next(soon())).isEmpty();
        });
  }

  @Test
  void closingEndsAWaitingReader() throws Exception {
    answered(
        Script.stallsAfter(HEAD + chunk("one\n")),
        stream -> {
          assertThat(stream.next(soon())).contains("one");
          var waiting = new FutureTask<>(() -> stream.next(soon()));
          Thread.ofPlatform().start(waiting);
          stream.close();
          assertThatThrownBy(waiting::get).hasCauseInstanceOf(Unreachable.class);
        });
  }

  @Test
  void waitsForTheHeadUntilTheDeadline() throws Exception {
    try (var server = RawServer.start(Script.stallsAfter(""));
        var client = new DeploymentClient(DeploymentSettings.of(server.url()))) {
      var deadline = Deadline.in(Duration.ofMillis(100));
      assertThatThrownBy(() -> client.stream(CALL, Optional.empty(), deadline))
          .isInstanceOf(Unreachable.class)
          .hasMessageContaining("time limit reached while waiting for an answer");
    }
  }
}
