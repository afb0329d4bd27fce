package dev.sessiontoken.resident;

import dev.sessiontoken.http.DeploymentClient;
import dev.sessiontoken.http.DeploymentSettings;
import dev.sessiontoken.spi.SessionTokenException.NotConfigured;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps HTTP clients with their connections and TLS sessions, each for the calls that reach its
 * deployment in the same way. A client serves one call at a time, so that nothing of a call is seen
 * by another one. Safe for any number of threads.
 *
 * <p>A client is kept for thirty seconds after a call, by both clocks: after a suspend the peer has
 * forgotten the connection. And for five minutes in all, so that a change of the server's
 * certificate or address is noticed.
 */
final class KeptClients implements AutoCloseable {
  /** Time after a call in which a client may be used again. */
  static final Duration IDLE = Duration.ofSeconds(30);

  private static final Duration AGE = Duration.ofMinutes(5);
  private static final int MOST = 64;

  private final LongSupplier nanoTime;
  private final InstantSource clock;
  private final List<Lease> kept = new ArrayList<>(); // the last used is last

  /**
   * Keeps no client yet.
   *
   * @param nanoTime counts nanoseconds, as {@link System#nanoTime} does
   * @param clock the time of day
   */
  KeptClients(LongSupplier nanoTime, InstantSource clock) {
    this.nanoTime = nanoTime;
    this.clock = clock;
  }

  /**
   * A client for the calls of one command.
   *
   * @param way fingerprint of the way to the deployment
   * @param http the client
   * @param trace shows the steps of the client to the command that uses it
   * @param opened when the client was made, in nanoseconds
   * @param isReused whether another command has used it before
   * @param used when it was given back, in nanoseconds
   * @param usedAt the same, as a time of day
   */
  record Lease(
      String way,
      DeploymentClient http,
      LentTrace trace,
      long opened,
      boolean isReused,
      long used,
      Instant usedAt) {}

  /**
   * Returns a client that no other command uses.
   *
   * @throws NotConfigured as the constructor of {@link DeploymentClient}
   */
  Lease lease(String way, DeploymentSettings settings) throws NotConfigured {
    var present = take(way);
    if (present != null) {
      present.trace().lend(settings.trace());
      return present;
    }
    var trace = new LentTrace(settings.trace());
    var own =
        settings.withTrace(trace).withEnvironment(Fingerprint.ofRoute(settings.environment()));
    long now = nanoTime.getAsLong();
    return new Lease(way, new DeploymentClient(own), trace, now, false, now, clock.instant());
  }

  private synchronized @Nullable Lease take(String way) {
    for (int i = kept.size() - 1; i >= 0; i--) {
      var each = kept.get(i);
      if (!each.way().equals(way) || isOver(each)) continue;
      kept.remove(i);
      return each;
    }
    return null;
  }

  private boolean isOver(Lease lease) {
    long now = nanoTime.getAsLong();
    var byClock = Duration.between(lease.usedAt(), clock.instant());
    return now - lease.opened() > AGE.toNanos()
        || now - lease.used() > IDLE.toNanos()
        || byClock.isNegative()
        || byClock.compareTo(IDLE) > 0;
  }

  /**
   * Takes a client back.
   *
   * @param isGood whether it may be used again; else it is closed
   */
  void giveBack(Lease lease, boolean isGood) {
    lease.trace().takeBack();
    if (!isGood) {
      close(lease);
      return;
    }
    keep(
        new Lease(
            lease.way(),
            lease.http(),
            lease.trace(),
            lease.opened(),
            true,
            nanoTime.getAsLong(),
            clock.instant()));
  }

  private synchronized void keep(Lease lease) {
    kept.add(lease);
    if (kept.size() > MOST) close(kept.removeFirst());
  }

  /** Closes clients that are not used any more. */
  synchronized void tidy() {
    var over = kept.stream().filter(this::isOver).toList();
    kept.removeAll(over);
    over.forEach(KeptClients::close);
  }

  synchronized int count() {
    return kept.size();
  }

  /** On a thread of its own: a client may need a second to close. */
  private static void close(Lease lease) {
    Thread.ofVirtual().name("close").start(lease.http()::close);
  }

  @Override
  public synchronized void close() {
    kept.forEach(KeptClients::close);
    kept.clear();
  }
}
