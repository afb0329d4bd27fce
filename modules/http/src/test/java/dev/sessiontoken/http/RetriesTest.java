package dev.sessiontoken.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.sessiontoken.spi.Deadline;
import dev.sessiontoken.spi.SessionTokenException.BadAnswer;
import dev.sessiontoken.spi.SessionTokenException.Unreachable;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetriesTest {
  private static final Instant NOW = Instant.parse("2026-11-25T10:00:00Z");
  private static final RetryPolicy FIXED =
      new RetryPolicy(
          3,
          Duration.ofSeconds(2),
          Duration.ofMillis(100),
          false,
          Set.of(404),
          true,
          Duration.ofHours(9));

  private static final Duration LONG = Duration.ofHours(9);

  private final List<Duration> pauses = new ArrayList<>();
  private final List<String> steps = new ArrayList<>();
  private long nanos;
  private int sent;

  /** Retries on a clock that only pauses advance. */
  private Retries retries(RetryPolicy policy, Duration limit) {
    return new Retries(policy, Deadline.in(limit, () -> nanos), () -> NOW, this::pause, steps::add);
  }

  private void pause(Duration duration) {
    pauses.add(duration);
    nanos += duration.toNanos();
  }

  private Answer answer(int status, Map<String, List<String>> headers) {
    sent++;
    return new Answer("GET x", status, HttpHeaders.of(headers, (_, _) -> true), new byte[0]);
  }

  private Answer answerOnceThenOk(int status, Map<String, List<String>> headers) {
    return sent == 0 ? answer(status, headers) : answer(200, Map.of());
  }

  @ParameterizedTest
  @CsvSource({"404, 3", "500, 3", "599, 3", "200, 1", "400, 1", "429, 1"})
  void repeatsTheStatusesOfThePolicy(int status, int tries) throws Exception {
    var retries = retries(FIXED, Duration.ofHours(1));
    assertThat(retries.send(() -> answer(status, Map.of())).status()).isEqualTo(status);
    assertThat(sent).isEqualTo(tries);
  }

  @ParameterizedTest
  @CsvSource({
    "429, 4", "500, 4", "502, 4", "503, 4", "504, 4", "408, 4", "425, 4", "520, 4", "524, 4",
    "501, 1", "505, 1", "525, 1", "530, 1", "403, 1"
  })
  void repeatsCallsOfADeploymentAsDocumented(int status, int tries) throws Exception {
    retries(RetryPolicy.DEPLOYMENT, Duration.ofHours(1)).send(() -> answer(status, Map.of()));
    assertThat(sent).isEqualTo(tries);
  }

  private Answer failed(String type, String body) {
    sent++;
    var headers = HttpHeaders.of(Map.of("Content-Type", List.of(type)), (_, _) -> true);
    return new Answer("GET x", 500, headers, body.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "application/json | {\"message\":\"Failed to refresh external auth token.\"} | 1",
        "application/json | {\"message\":\"x\",\"detail\":\"pq: sorry, too many clients already\"} | 4",
        "application/json | {\"message\":\"x\",\"detail\":\"driver: bad connection\"} | 4",
        "application/json | {\"message\":\"Failed | 4",
        "application/json | {\"error\":\"upstream\"} | 4",
        "text/html | <title>500</title> | 4",
        "text/plain | {\"message\":\"x\"} | 4",
      })
  void takesTheWordsOfTheApiAsFinal(String type, String body, int tries) throws Exception {
    retries(RetryPolicy.DEPLOYMENT, Duration.ofHours(1)).send(() -> failed(type, body));
    assertThat(sent).isEqualTo(tries);
  }

  @ParameterizedTest
  @CsvSource({
    "60, 1795600824, PT24S", // 10:00:24 by the server's clock, which is an hour behind NOW
    "10, 1795600824, PT10S",
    "60, 1795600800, PT0.1S",
    "60, 1795600000, PT60S", // gone by
    "60, 24, PT60S", // seconds, as other servers send them
    "60, soon, PT60S",
    "'', 1795600824, PT24S",
  })
  void waitsForTheEndOfTheRateLimit(String retryAfter, String reset, Duration wait)
      throws Exception {
    var headers =
        Map.of(
            "Date", List.of("Wed, 25 Nov 2026 10:00:00 GMT"),
            "Retry-After", List.of(retryAfter),
            "X-Ratelimit-Reset", List.of(reset));
    var policy =
        new RetryPolicy(
            2, Duration.ofSeconds(2), Duration.ofMillis(100), false, Set.of(429), false, LONG);
    retries(policy, Duration.ofHours(1)).send(() -> answerOnceThenOk(429, headers));
    assertThat(pauses).containsExactly(wait);
  }

  @Test
  void endsAtOnceIfTheRateLimitEndsBeyondTheDeadline() throws Exception {
    var headers =
        Map.of(
            "Date", List.of("Wed, 25 Nov 2026 10:00:00 GMT"),
            "Retry-After", List.of("60"),
            "X-Ratelimit-Reset", List.of("1795600824"));
    var retries = retries(RetryPolicy.DEPLOYMENT, Duration.ofSeconds(20));
    retries.send(() -> answer(429, headers));
    assertThat(retries.note()).isEqualTo(", and asks to try again in 24 s, beyond the time limit");
    assertThat(pauses).isEmpty();
  }

  @Test
  void endsEarlierAfterFailuresThatAreNotKnownToPass() throws Exception {
    var policy =
        new RetryPolicy(
            9, LONG, Duration.ofSeconds(1), false, Set.of(503), true, Duration.ofSeconds(3));
    retries(policy, LONG).send(() -> answer(500, Map.of()));
    assertThat(sent).isEqualTo(3);
    sent = 0;
    retries(policy, LONG).send(() -> answer(503, Map.of()));
    assertThat(sent).isEqualTo(9);
  }

  @Test
  void doublesFixedPauses() throws Exception {
    retries(FIXED, Duration.ofHours(1)).send(() -> answer(500, Map.of()));
    assertThat(pauses).containsExactly(Duration.ofMillis(100), Duration.ofMillis(200));
  }

  @Test
  void boundsRandomPauses() throws Exception {
    retries(RetryPolicy.DEPLOYMENT, Duration.ofHours(1)).send(() -> answer(500, Map.of()));
    assertThat(pauses).hasSize(3);
    for (int i = 0; i < 3; i++) {
      assertThat(pauses.get(i)).isBetween(Duration.ZERO, Duration.ofMillis(250L << i));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "7, PT7S",
    "' 7 ', PT7S",
    "0, PT0.1S",
    "soon, PT0.1S",
    "-5, PT0.1S",
    "'Wed, 25 Nov 2026 10:00:09 GMT', PT9S",
    "'Wed, 25 Nov 2026 09:00:00 GMT', PT0.1S",
  })
  void waitsForTheTimeOfRetryAfter(String retryAfter, Duration wait) throws Exception {
    var headers = Map.of("Retry-After", List.of(retryAfter));
    retries(FIXED, Duration.ofHours(1)).send(() -> answerOnceThenOk(503, headers));
    assertThat(pauses).containsExactly(wait);
  }

  @ParameterizedTest
  @ValueSource(strings = {"3600", "99999999999999999999", "Wed, 25 Nov 2026 11:00:00 GMT"})
  void returnsTheAnswerIfRetryAfterIsBeyondTheDeadline(String retryAfter) throws Exception {
    var headers = Map.of("Retry-After", List.of(retryAfter));
    var retries = retries(FIXED, Duration.ofHours(1));
    assertThat(retries.send(() -> answerOnceThenOk(503, headers)).status()).isEqualTo(503);
    assertThat(retries.isOutOfTime()).isTrue();
    assertThat(retries.note()).matches(", and asks to try again in \\d+ s, beyond the time limit");
  }

  @Test
  void doesNotPauseBeyondTheDeadline() throws Exception {
    var retries = retries(FIXED, Duration.ofMillis(250));
    assertThat(retries.send(() -> answer(500, Map.of())).status()).isEqualTo(500);
    assertThat(pauses).containsExactly(Duration.ofMillis(100));
    assertThat(retries.isOutOfTime()).isTrue();
    assertThat(retries.note()).isEqualTo(" (2 tries in 100 ms)");
  }

  private Throwable failing(@Nullable Exception cause) {
    return catchThrowable(() ->
        retries(FIXED, Duration.ofHours(1))
            .send(() -> {
              sent++;
              throw new Unreachable("GET x", "it broke", "", cause);
            }));
  }

  @Test
  void repeatsAfterIoExceptions() {
    assertThat(failing(new IOException("reset"))).hasMessage("GET x: it broke");
    assertThat(sent).isEqualTo(3);
    assertThat(steps).containsExactly("it broke; try 2 in 100 ms", "it broke; try 3 in 200 ms");
  }

  @Test
  void repeatsAfterATryThatTimedOut() {
    failing(new TimeoutException());
    assertThat(sent).isEqualTo(3);
  }

  @Test
  void doesNotRepeatARefusedHandshake() {
    failing(new SSLHandshakeException("Received fatal alert: handshake_failure"));
    assertThat(sent).isEqualTo(1);
  }

  @Test
  void doesNotRepeatWithoutACause() {
    failing(null);
    assertThat(sent).isEqualTo(1);
  }

  @Test
  void doesNotRepeatABadAnswer() {
    var retries = retries(FIXED, Duration.ofHours(1));
    var failure =
        catchThrowable(() ->
            retries.send(() -> {
              sent++;
              throw new BadAnswer("GET x", "no HTTP", "", new IOException());
            }));
    assertThat(failure).isInstanceOf(BadAnswer.class);
    assertThat(sent).isEqualTo(1);
  }

  @Test
  void limitsEachTry() {
    assertThat(retries(FIXED, Duration.ofHours(1)).tryDeadline().remaining())
        .isEqualTo(Duration.ofSeconds(2));
    assertThat(retries(RetryPolicy.SINGLE_TRY, Duration.ofHours(1)).tryDeadline().remaining())
        .isEqualTo(Duration.ofHours(1));
  }

  @Test
  void countsTheTriesOfAFailure() {
    var retries = retries(FIXED, Duration.ofHours(1));
    assertThatThrownBy(() ->
            retries.send(() -> {
              throw new Unreachable("GET x", "it broke", "h", new IOException());
            }))
        .isInstanceOf(Unreachable.class);
    assertThat(retries.withTries(new Unreachable("GET x", "it broke", "h", null)))
        .hasMessage("GET x: it broke (3 tries in 300 ms)");
  }
}
