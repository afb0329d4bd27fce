package dev.sessiontoken.http;

import java.time.Duration;

/** A pause that lasts as long as it is to last. */
record RealPause() implements Pause {

  @Override
  public void sleep(Duration duration) throws InterruptedException {
    Thread.sleep(duration);
  }
}
