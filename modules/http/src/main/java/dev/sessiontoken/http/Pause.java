package dev.sessiontoken.http;

import java.time.Duration;

/** Waits between tries; tests pass one that does not. */
@FunctionalInterface
interface Pause {
  Pause SLEEP = Thread::sleep;

  void of(Duration duration) throws InterruptedException;
}
