package dev.sessiontoken.http;

import dev.sessiontoken.spi.ClientClosedException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The calls of one client that are under way. Closing has two steps: from {@link #close} on, no
 * call begins; once its limit is over, those under way are broken off. A call that a thread makes
 * within another one, such as the exchange for a session token, belongs to that one. Safe for any
 * number of threads.
 */
public final class OpenCalls {
  private static final int MAX = Integer.MAX_VALUE;

  private final Semaphore free = new Semaphore(MAX);
  private final ThreadLocal<Integer> depth = new ThreadLocal<>();
  private final CountDownLatch brokenOff = new CountDownLatch(1);
  private volatile boolean isClosed;

  /** Creates an open client's calls: none yet. */
  public OpenCalls() {}

  /**
   * Counts a call that begins; the caller counts its end by {@link #end}. Does not block.
   *
   * @param step what the call does, for the message
   * @throws ClientClosedException if the client is closed
   */
  public void begin(String step) {
    int outer = depth();
    if (isRefused(outer) || !free.tryAcquire()) throw refused(step);
    if (isRefused(outer)) { // closed since the look above
      free.release();
      throw refused(step);
    }
    depth.set(outer + 1);
  }

  private int depth() {
    var outer = depth.get();
    return outer == null ? 0 : outer;
  }

  private boolean isRefused(int outer) {
    return isBrokenOff() || (isClosed && outer == 0);
  }

  private static ClientClosedException refused(String step) {
    return new ClientClosedException(step + ": this client is closed", null);
  }

  /** Counts the end of a call that the calling thread has begun. */
  public void end() {
    int outer = depth() - 1;
    if (outer == 0) depth.remove();
    else depth.set(outer);
    free.release();
  }

  /** Returns whether calls under way are to end at once. */
  public boolean isBrokenOff() {
    return brokenOff.getCount() == 0;
  }

  /** Returns what a call throws that closing the client has broken off. */
  ClientClosedException brokenOff(String step, @Nullable Throwable cause) {
    return new ClientClosedException(
        step + ": this client was closed while the call was under way", cause);
  }

  /**
   * Returns a pause between two tries of a call that ends early if calls are broken off meanwhile.
   *
   * @param given returned as it is, unless it is the one that {@link DeploymentSettings} have from
   *     the beginning
   */
  public Pause pausing(Pause given) {
    return given instanceof RealPause ? this::pause : given;
  }

  private void pause(Duration duration) throws InterruptedException {
    long nanos = TimeUnit.NANOSECONDS.convert(duration);
    brokenOff.await(nanos, TimeUnit.NANOSECONDS); // if early, the next try is refused
  }

  /**
   * Lets no further call begin, and waits for those of other threads. After this method has
   * returned, calls under way are broken off. An interrupt ends the wait and stays set.
   *
   * @param limit how long to wait; zero or negative for not at all
   */
  public void close(Duration limit) {
    isClosed = true;
    int others = MAX - depth();
    try {
      long nanos = TimeUnit.NANOSECONDS.convert(limit);
      if (free.tryAcquire(others, nanos, TimeUnit.NANOSECONDS)) free.release(others);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    brokenOff.countDown();
  }
}
