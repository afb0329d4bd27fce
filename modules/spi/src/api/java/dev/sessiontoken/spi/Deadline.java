package dev.sessiontoken.spi;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The instant at which a whole command must have ended, measured on a clock that never jumps.
 *
 * <p>Immutable and safe for any number of threads. Nothing here blocks.
 */
public final class Deadline {
  private static final long FAR = Long.MAX_VALUE / 4; // sums of it do not overflow

  private final LongSupplier nanoTime;
  private final long end;

  private Deadline(LongSupplier nanoTime, long end) {
    this.nanoTime = nanoTime;
    this.end = end;
  }

  /** A deadline that is {@code limit} from now; over at once if that is zero or negative. */
  public static Deadline in(Duration limit) {
    return in(limit, System::nanoTime);
  }

  /**
   * As {@link #in(Duration)}, by a clock of the caller's.
   *
   * @param nanoTime counts nanoseconds from any origin, as {@link System#nanoTime} does
   */
  public static Deadline in(Duration limit, LongSupplier nanoTime) {
    return new Deadline(nanoTime, nanoTime.getAsLong() + nanos(limit));
  }

  /** The earlier of this one and {@code limit} from now, by the same clock: for one try of many. */
  public Deadline orIn(Duration limit) {
    long other = nanoTime.getAsLong() + nanos(limit);
    return other - end < 0 ? new Deadline(nanoTime, other) : this;
  }

  /** The time left: zero when it is over, never negative. */
  public Duration remaining() {
    return Duration.ofNanos(Math.max(0, end - nanoTime.getAsLong()));
  }

  /** Whether no time is left. */
  public boolean isOver() {
    return end - nanoTime.getAsLong() <= 0;
  }

  /** Leaves the origin of the clock out, which means nothing. */
  @Override
  public String toString() {
    return "Deadline[in " + remaining().toMillis() + " ms]";
  }

  private static long nanos(Duration limit) {
    if (limit.isNegative()) return 0;
    return limit.compareTo(Duration.ofNanos(FAR)) > 0 ? FAR : limit.toNanos();
  }
}
