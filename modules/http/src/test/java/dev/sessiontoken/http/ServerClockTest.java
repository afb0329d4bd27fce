package dev.sessiontoken.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sessiontoken.spi.Deadline;
import dev.sessiontoken.testkit.raw.RawServer;
import dev.sessiontoken.testkit.raw.Script;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ServerClockTest {

  private static Optional<Instant> answering(String head) throws InterruptedException {
    try (var server =
        RawServer.start(Script.sends("HTTP/1.1 400 Bad Request\r\n" + head + "\r\n"))) {
      return ServerClock.ask(server.url(), Deadline.in(Duration.ofSeconds(30)));
    }
  }

  @Test
  void isReadFromTheAnswerToPlainHttp() throws Exception {
    assertThat(answering("Date: Tue, 24 Nov 2026 10:00:00 GMT\r\n"))
        .contains(Instant.parse("2026-11-24T10:00:00Z"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Date: yesterday\r\n", "Date:\r\n"})
  void isUnknownWithoutADate(String head) throws Exception {
    assertThat(answering(head)).isEmpty();
  }

  @Test
  void isNotWaitedForBeyondTheDeadline() throws Exception {
    try (var silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      var url = URI.create("https://127.0.0.1:" + silent.getLocalPort());
      assertThat(ServerClock.ask(url, Deadline.in(Duration.ofMillis(50)))).isEmpty();
    }
  }
}
