package dev.sessiontoken.cli.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sessiontoken.client.LogEntry;
import dev.sessiontoken.client.LogLevel;
import dev.sessiontoken.spi.SessionTokenException;
import dev.sessiontoken.spi.SessionTokenException.Unreachable;
import java.time.Instant;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LogBufferTest {
  private final AtomicLong nanos = new AtomicLong(-5);
  private final LogBuffer buffer = new LogBuffer(nanos::get);

  private void add(String line) {
    buffer.add(new LogEntry(Instant.EPOCH, LogLevel.INFO, line));
  }

  private void pass(long millis) {
    nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
  }

  @Test
  void givesLinesThatAreASecondOld() throws Exception {
    add("one");
    pass(600);
    add("two");
    pass(400);
    assertThat(buffer.take().entries()).hasSize(2);
  }

  @Test
  void holdsYoungLinesBackUntilTheInputEnds() throws Exception {
    var taken = new FutureTask<>(buffer::take);
    add("one");
    Thread.ofPlatform().start(taken);
    assertThat(taken.isDone()).isFalse();
    buffer.end();
    assertThat(taken.get().entries()).hasSize(1);
    assertThat(taken.get().isAtEnd()).isTrue();
  }

  @Test
  void givesManyLinesAtOnceAndNotAllOfThem() throws Exception {
    for (int i = 0; i < 100; i++) add("x".repeat(1000));
    var batch = buffer.take();
    assertThat(batch.entries()).hasSizeBetween(50, 99);
    assertThat(batch.isAtEnd()).isFalse();
  }

  @Test
  void givesWhatWasNotSentAgain() throws Exception {
    add("one");
    add("two");
    buffer.end();
    buffer.take();
    buffer.sent(1);
    assertThat(buffer.take().entries()).extracting(LogEntry::output).containsExactly("two");
    buffer.sent(1);
    assertThat(buffer.take().entries()).isEmpty();
    assertThat(buffer.hasLost()).isFalse();
  }

  @Test
  void dropsAndCountsWhatHasNoRoom() throws Exception {
    for (int i = 0; i < 2000; i++) add("x".repeat(1000));
    assertThat(buffer.hasLost()).isTrue();
    assertThat(explained()).matches("(9|10)\\d\\d of 2000 lines were not sent: p");
  }

  @Test
  void takesNothingAfterItWasStopped() throws Exception {
    add("one");
    buffer.stop();
    add("two");
    buffer.end();
    assertThat(buffer.take().entries()).isEmpty();
    assertThat(explained()).isEqualTo("2 of 2 lines were not sent: p");
  }

  private String explained() {
    SessionTokenException failure = new Unreachable("s", "p", "h", null);
    return buffer.explained(failure).problem();
  }
}
