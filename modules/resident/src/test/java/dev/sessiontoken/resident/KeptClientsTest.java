package dev.sessiontoken.resident;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sessiontoken.http.DeploymentSettings;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KeptClientsTest {
  private final AtomicLong nanoTime = new AtomicLong();
  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
  private final KeptClients clients = new KeptClients(nanoTime::get, now::get);

  @AfterEach
  void close() {
    clients.close();
  }

  private static DeploymentSettings settings() throws Exception {
    return DeploymentSettings.of(URI.create("http://127.0.0.1:1"));
  }

  private KeptClients.Lease lease(String way) throws Exception {
    return clients.lease(way, settings());
  }

  private void pass(Duration monotonic, Duration byTheClock) {
    nanoTime.addAndGet(monotonic.toNanos());
    now.updateAndGet(time -> time.plus(byTheClock));
  }

  @Test
  void lendsAClientAgainForTheSameWayAlone() throws Exception {
    var first = lease("a");
    clients.giveBack(first, true);
    assertThat(lease("b").http()).isNotSameAs(first.http());
    var second = lease("a");
    assertThat(second.http()).isSameAs(first.http());
    assertThat(second.isReused()).isTrue();
    assertThat(lease("a").http()).isNotSameAs(first.http());
  }

  @Test
  void keepsNoClientWhoseCallHasFailed() throws Exception {
    clients.giveBack(lease("a"), false);
    assertThat(clients.count()).isZero();
  }

  @Test
  void dropsAClientThatWasNotUsedForAWhile() throws Exception {
    clients.giveBack(lease("a"), true);
    pass(Duration.ofSeconds(29), Duration.ofSeconds(29));
    clients.tidy();
    assertThat(clients.count()).isOne();
    pass(Duration.ofSeconds(2), Duration.ofSeconds(2));
    assertThat(lease("a").isReused()).isFalse();
    clients.tidy();
    assertThat(clients.count()).isZero();
  }

  @Test
  void dropsAClientAfterASuspendOrAJumpOfTheClock() throws Exception {
    for (var jump : List.of(Duration.ofHours(8), Duration.ofHours(-8))) {
      clients.giveBack(lease("a"), true);
      pass(Duration.ofMillis(1), jump);
      assertThat(lease("a").isReused()).isFalse();
      clients.tidy();
    }
  }

  @Test
  void dropsAClientThatIsOldHoweverOftenItIsUsed() throws Exception {
    for (int i = 0; i < 15; i++) {
      var lease = lease("a");
      assertThat(lease.isReused()).isEqualTo(i > 0);
      clients.giveBack(lease, true);
      pass(Duration.ofSeconds(20), Duration.ofSeconds(20));
    }
    pass(Duration.ofSeconds(1), Duration.ofSeconds(1));
    assertThat(lease("a").isReused()).isFalse();
  }

  @Test
  void keepsABoundedNumber() throws Exception {
    var leases = new ArrayList<KeptClients.Lease>();
    for (int i = 0; i < 70; i++) leases.add(lease("a"));
    for (var each : leases) clients.giveBack(each, true);
    assertThat(clients.count()).isEqualTo(64);
  }

  @Test
  void showsTheStepsOfACallToThatCallAlone() throws Exception {
    var first = new ArrayList<String>();
    var second = new ArrayList<String>();
    var lease = clients.lease("a", settings().withTrace(first::add));
    lease.trace().tell("of the first");
    clients.giveBack(lease, true);
    lease.trace().tell("of no call");
    clients.lease("a", settings().withTrace(second::add)).trace().tell("of the second");
    assertThat(first).contains("of the first").doesNotContain("of no call", "of the second");
    assertThat(second).containsExactly("of the second");
  }
}
