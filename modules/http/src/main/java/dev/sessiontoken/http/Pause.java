package dev.sessiontoken.http;

import java.time.Duration;

/**
 * Waits between two tries of a request, or between two polls.
 *
 * <p>Programs pass {@code Thread::sleep}; tests pass a pause that returns at once.
 */
@FunctionalInterface
public interface Pause {

  /**
   * Blocks the calling thread.
   *
   * @param duration how long; zero or negative for not at all
   * @throws InterruptedException if the calling thread was interrupted
   */
  void sleep(Duration duration) throws InterruptedException;
}
