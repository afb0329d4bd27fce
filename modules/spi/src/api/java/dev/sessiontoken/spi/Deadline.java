package dev.sessiontoken.spi;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The instant by which work must have ended, on a clock that does not jump when the time of day is
 * set.
 *
 * <p>Immutable and safe for any number of threads. No method blocks.
 */
public final class Deadline {
  private static final long FAR =
      Long.MAX_VALUE / 4; // 73 years in nanoseconds: sums do not overflow

  private final LongSupplier nanoTime;
  private final long end;

  private Deadline(LongSupplier nanoTime, long end) {
    this.nanoTime = nanoTime;
    this.end = end;
  }

  /**
   * Returns a deadline that is {@code limit} from now, on {@link System#nanoTime}; one that is over
   * already if the limit is zero or negative. Limits above 73 years count as 73 years.
   */
  public static Deadline in(Duration limit) {
    return in(limit, System::nanoTime);
  }

  /**
   * Returns a deadline as {@link #in(Duration)} does, on another clock.
   *
   * @param nanoTime counts nanoseconds from any origin, as {@link System#nanoTime} does
   */
  public static Deadline in(Duration limit, LongSupplier nanoTime) {
    return new Deadline(nanoTime, nanoTime.getAsLong() + nanos(limit));
  }

  /**
   * Returns the earlier of this deadline and {@code limit} from now, on the same clock: for one of
   * several attempts.
   */
  public Deadline orIn(Duration limit) {
    long other = nanoTime.getAsLong() + nanos(limit);
    return other - end < 0 ? new Deadline(nanoTime, other) : this;
  }

  /** Returns the time that is left: zero if this deadline is over, never negative. */
  public Duration remaining() {
    return Duration.ofNanos(Math.max(0, end - nanoTime.getAsLong()));
  }

  /** Returns whether no time is left. */
  public boolean isOver() {
    return end - nanoTime.getAsLong() <= 0;
  }

  /** Returns the time that is left, in milliseconds. */
  @Override
  public String toString() {
    return "Deadline[in " + remaining().toMillis() + " ms]";
  }

  private static long nanos(Duration limit) {
    if (limit.isNegative()) return 0;
    return limit.compareTo(Duration.ofNanos(FAR)) > 0 ? FAR : limit.toNanos();
  }
}
