package dev.sessiontoken.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeadlineTest {
  private final AtomicLong nanos = new AtomicLong();

  private Deadline in(Duration limit) {
    return Deadline.in(limit, nanos::get);
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  @Test
  void measuresTheTimeLeftByItsOwnClock() {
    var deadline = in(Duration.ofSeconds(3));
    pass(Duration.ofSeconds(1));
    assertThat(deadline.remaining()).isEqualTo(Duration.ofSeconds(2));
    assertThat(deadline.isOver()).isFalse();
  }

  @Test
  void isOverExactlyWhenNoTimeIsLeft() {
    var deadline = in(Duration.ofNanos(2));
    pass(Duration.ofNanos(1));
    assertThat(deadline.isOver()).isFalse();
    pass(Duration.ofNanos(1));
    assertThat(deadline.isOver()).isTrue();
  }

  @Test
  void neverReturnsNegativeTime() {
    var deadline = in(Duration.ofSeconds(1));
    pass(Duration.ofDays(1));
    assertThat(deadline.remaining()).isZero();
    assertThat(deadline.isOver()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT-1S", "PT-1000000H"})
  void isOverAtOnceWithoutAPositiveLimit(Duration limit) {
    assertThat(in(limit).isOver()).isTrue();
    assertThat(in(limit).remaining()).isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, Long.MAX_VALUE, Long.MAX_VALUE - 1, Long.MIN_VALUE, -1})
  void doesNotOverflowAtAnyClockValue(long origin) {
    nanos.set(origin);
    var longest = in(Duration.ofSeconds(Long.MAX_VALUE));
    assertThat(longest.isOver()).isFalse();
    assertThat(longest.remaining()).isGreaterThan(Duration.ofDays(10_000));
    var second = in(Duration.ofSeconds(1));
    assertThat(second.remaining()).isEqualTo(Duration.ofSeconds(1));
    nanos.addAndGet(Duration.ofSeconds(1).toNanos());
    assertThat(second.isOver()).isTrue();
    assertThat(longest.isOver()).isFalse();
  }

  @Test
  void aTryEndsAtTheEarlierOfBothLimits() {
    var command = in(Duration.ofSeconds(10));
    assertThat(command.orIn(Duration.ofSeconds(2)).remaining()).isEqualTo(Duration.ofSeconds(2));
    assertThat(command.orIn(Duration.ofSeconds(20)).remaining()).isEqualTo(Duration.ofSeconds(10));
    assertThat(command.orIn(Duration.ofSeconds(Long.MAX_VALUE))).isSameAs(command);
    pass(Duration.ofSeconds(9));
    assertThat(command.orIn(Duration.ofSeconds(2)).remaining()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void aTryEndsAtTheEarlierAlsoWhenTheClockOverflows() {
    nanos.set(Long.MAX_VALUE - Duration.ofSeconds(3).toNanos());
    var command = in(Duration.ofSeconds(10));
    assertThat(command.orIn(Duration.ofSeconds(2)).remaining()).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void aTryOfADeadlineThatIsOverHasNoTime() {
    var command = in(Duration.ZERO);
    pass(Duration.ofSeconds(5));
    assertThat(command.orIn(Duration.ofSeconds(2)).isOver()).isTrue();
  }

  @Test
  void aTryUsesTheSameClock() {
    var attempt = in(Duration.ofSeconds(10)).orIn(Duration.ofSeconds(2));
    pass(Duration.ofSeconds(2));
    assertThat(attempt.isOver()).isTrue();
  }

  @Test
  void usesTheSystemClockByDefault() {
    assertThat(Deadline.in(Duration.ofHours(1)).remaining())
        .isBetween(Duration.ofMinutes(50), Duration.ofHours(1));
  }

  @Test
  void printsTheTimeLeft() {
    assertThat(in(Duration.ofSeconds(3))).hasToString("Deadline[in 3000 ms]");
  }
}
