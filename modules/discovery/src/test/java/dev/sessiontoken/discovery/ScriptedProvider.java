package dev.sessiontoken.discovery;

import dev.sessiontoken.spi.ProviderContext;
import dev.sessiontoken.spi.SessionToken;
import dev.sessiontoken.spi.SessionTokenException;
import dev.sessiontoken.spi.SessionTokenProvider;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Provider that runs one act of the test in each call, and counts the calls. */
final class ScriptedProvider implements SessionTokenProvider {

  /** Body of one call. */
  interface Act {
    SessionToken obtain(ProviderContext context) throws SessionTokenException, InterruptedException;
  }

  private final BlockingQueue<Act> script = new LinkedBlockingQueue<>();
  private final AtomicInteger calls = new AtomicInteger();
  private final boolean renews;

  ScriptedProvider(boolean renews) {
    this.renews = renews;
  }

  ScriptedProvider() {
    this(true);
  }

  /** Adds the act of the next call. */
  ScriptedProvider then(Act act) {
    script.add(act);
    return this;
  }

  int calls() {
    return calls.get();
  }

  /** An act that counts down {@code begun} and waits for {@code released} before it runs. */
  static Act held(CountDownLatch begun, CountDownLatch released, Act act) {
    return context -> {
      begun.countDown();
      if (!released.await(30, TimeUnit.SECONDS)) throw new AssertionError("never released");
      return act.obtain(context);
    };
  }

  @Override
  public String name() {
    return "scripted";
  }

  @Override
  public boolean renews() {
    return renews;
  }

  @Override
  public SessionToken obtain(ProviderContext context)
      throws SessionTokenException, InterruptedException {
    calls.incrementAndGet();
    var act = script.poll();
    if (act == null) throw new AssertionError("called once more than expected");
    return act.obtain(context);
  }
}
