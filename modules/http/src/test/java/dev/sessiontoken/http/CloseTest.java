package dev.sessiontoken.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.sessiontoken.spi.ClientClosedException;
import dev.sessiontoken.spi.Deadline;
import dev.sessiontoken.testkit.raw.RawServer;
import dev.sessiontoken.testkit.raw.Script;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CloseTest {
  private static final Call CALL = Call.get("/api/v2/buildinfo", Map.of());
  private static final Duration LONG = Duration.ofSeconds(50);
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";
  private static final String BUSY = "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n";
  private static final String EVENTS = "HTTP/1.1 200 OK\r\n\r\nfirst\n";

  private final CountDownLatch arrived = new CountDownLatch(1);
  private final CountDownLatch released = new CountDownLatch(1);

  private static DeploymentClient client(URI url) throws Exception {
    return new DeploymentClient(DeploymentSettings.of(url));
  }

  private static Answer send(DeploymentClient client) throws Exception {
    return client.send(CALL, Optional.empty(), Deadline.in(LONG));
  }

  private static FutureTask<Object> sending(DeploymentClient client) {
    var task =
        new FutureTask<Object>(() -> {
          try {
            return send(client);
          } catch (Exception e) {
            return e;
          }
        });
    Thread.ofPlatform().daemon().start(task);
    return task;
  }

  /** Says that a request has arrived, and answers when the test wants it. */
  private Script held(String answer) {
    return (wire, number) -> {
      wire.readRequest();
      arrived.countDown();
      released.await();
      wire.write(answer);
    };
  }

  private static Thread closing(DeploymentClient client) throws InterruptedException {
    var thread = Thread.ofPlatform().daemon().start(() -> client.close(LONG));
    while (thread.getState() != Thread.State.TIMED_WAITING) {
      if (Thread.interrupted()) throw new InterruptedException();
      Thread.onSpinWait();
    }
    return thread;
  }

  @Test
  void refusesCallsWithoutARequest() throws Exception {
    try (var server = RawServer.start(Script.sends(OK))) {
      var client = client(server.url());
      client.close();
      client.close();
      assertThatThrownBy(() -> send(client))
          .isInstanceOf(ClientClosedException.class)
          .hasMessage("GET " + server.url() + "/api/v2/buildinfo: this client is closed");
      assertThatThrownBy(() -> client.stream(CALL, Optional.empty(), Deadline.in(LONG)))
          .isInstanceOf(ClientClosedException.class);
      assertThat(server.requests()).isEmpty();
    }
  }

  @Test
  void aCallUnderWayEndsByItselfAndNoOtherBegins() throws Exception {
    try (var server = RawServer.start(held(OK));
        var client = client(server.url())) {
      var call = sending(client);
      arrived.await();
      var closing = closing(client);
      assertThatThrownBy(() -> send(client)).isInstanceOf(ClientClosedException.class);
      released.countDown();
      assertThat(call.get()).isInstanceOf(Answer.class);
      assertThat(closing.join(LONG)).isTrue();
    }
  }

  @Test
  void aCallUnderWayIsRepeatedWhileTheLimitLasts() throws Exception {
    try (var server = RawServer.start(Script.inTurn(held(BUSY), Script.sends(OK)));
        var client = client(server.url())) {
      var call = sending(client);
      arrived.await();
      closing(client);
      released.countDown();
      assertThat(call.get()).isInstanceOf(Answer.class);
    }
  }

  @Test
  void afterTheLimitACallIsBrokenOffAndNotRepeated() throws Exception {
    try (var server = RawServer.start(held(OK));
        var client = client(server.url())) {
      var call = sending(client);
      arrived.await();
      client.close(Duration.ZERO);
      assertThat(call.get())
          .isInstanceOf(ClientClosedException.class)
          .extracting(e -> ((Throwable) e).getMessage())
          .asString()
          .endsWith(": this client was closed while the call was under way");
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void aPauseBetweenTwoTriesIsBrokenOff() throws Exception {
    String busy = "HTTP/1.1 503 Busy\r\nRetry-After: 40\r\nContent-Length: 0\r\n\r\n";
    var pausing = new CountDownLatch(1);
    try (var server = RawServer.start(Script.sends(busy))) {
      Trace trace =
          event -> {
            if (event.contains("; try 2 in ")) pausing.countDown();
          };
      var settings = DeploymentSettings.of(server.url()).withTrace(trace);
      try (var client = new DeploymentClient(settings)) {
        var call = sending(client);
        pausing.await();
        client.close(Duration.ZERO);
        assertThat(call.get()).isInstanceOf(ClientClosedException.class);
      }
    }
  }

  @Test
  void anInterruptEndsTheWaitAndStaysSet() throws Exception {
    try (var server = RawServer.start(held(OK));
        var client = client(server.url())) {
      var call = sending(client);
      arrived.await();
      Thread.currentThread().interrupt();
      client.close(LONG);
      assertThat(Thread.interrupted()).isTrue();
      assertThat(call.get()).isInstanceOf(ClientClosedException.class);
    }
  }

  @Test
  void aCallMayCloseItsOwnClient() throws Exception {
    try (var server = RawServer.start(Script.sends(OK))) {
      var own = new DeploymentClient[1];
      Trace closes =
          event -> {
            if (event.startsWith("GET")) own[0].close(LONG);
          };
      var settings = DeploymentSettings.of(server.url()).withTrace(closes);
      try (var client = new DeploymentClient(settings)) {
        own[0] = client;
        assertThat(catchThrowable(() -> send(client))).isInstanceOf(ClientClosedException.class);
      }
    }
  }

  @Test
  void aStreamIsBrokenOffAndSaysWhy() throws Exception {
    try (var server = RawServer.start(Script.stallsAfter(EVENTS));
        var client = client(server.url());
        var stream = client.stream(CALL, Optional.empty(), Deadline.in(LONG))) {
      assertThat(stream.next(Deadline.in(LONG))).contains("first");
      client.close(LONG);
      assertThatThrownBy(() -> stream.next(Deadline.in(LONG)))
          .isInstanceOf(ClientClosedException.class);
    }
  }
}
