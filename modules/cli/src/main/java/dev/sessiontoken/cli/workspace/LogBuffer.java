package dev.sessiontoken.cli.workspace;

import dev.sessiontoken.client.LogEntry;
import dev.sessiontoken.spi.SessionTokenException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Lines that were read and are not sent yet. One thread adds and never waits, another one sends.
 */
final class LogBuffer {
  /** Bytes that are kept: as many as a deployment keeps of all logs of an agent. */
  private static final int MAX_BYTES = 1 << 20;

  /** Bytes that are sent at once, whatever their age. */
  private static final int BATCH = 1 << 16;

  /** How long a line waits for others. */
  private static final Duration AGE = Duration.ofSeconds(1);

  private final LongSupplier nanoTime;
  private final Deque<LogEntry> lines = new ArrayDeque<>();
  private long oldest;
  private int bytes;
  private int read;
  private int lost;
  private boolean ended;
  private boolean stopped;

  /**
   * Some lines to send, the oldest ones.
   *
   * @param entries empty if the input has ended and everything is sent
   * @param isAtEnd whether the input had ended by then
   */
  record Batch(List<LogEntry> entries, boolean isAtEnd) {}

  /** An empty buffer; {@code nanoTime} counts as {@link System#nanoTime} does. */
  LogBuffer(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** Adds a line; drops and counts it if there is no room, or nothing is sent any more. */
  synchronized void add(LogEntry entry) {
    read++;
    int size = size(entry);
    if (stopped || bytes + size > MAX_BYTES) {
      lost++;
      return;
    }
    if (lines.isEmpty()) oldest = nanoTime.getAsLong();
    lines.add(entry);
    bytes += size;
    notifyAll();
  }

  /** Counts what the line adds to a request besides its text, too. */
  private static int size(LogEntry entry) {
    return entry.output().getBytes(StandardCharsets.UTF_8).length + 80;
  }

  /** The input has ended. */
  synchronized void end() {
    ended = true;
    notifyAll();
  }

  /** Nothing is sent any more: drops what is here, and what is added later. */
  synchronized void stop() {
    stopped = true;
    lost += lines.size();
    lines.clear();
  }

  /** Returns lines once they are a second old or fill a batch, or the input has ended. Blocks. */
  synchronized Batch take() throws InterruptedException {
    for (long left = millisToWait(); left > 0; left = millisToWait()) wait(left);
    var entries = new ArrayList<LogEntry>();
    int size = 0;
    for (var entry : lines) {
      if (size >= BATCH) break;
      entries.add(entry);
      size += size(entry);
    }
    return new Batch(entries, ended);
  }

  /** Returns how long the lines may wait: zero if they fill a batch, or the input has ended. */
  private long millisToWait() {
    if (ended || bytes >= BATCH) return 0;
    if (lines.isEmpty()) return Long.MAX_VALUE;
    long age = nanoTime.getAsLong() - oldest;
    return TimeUnit.NANOSECONDS.toMillis(AGE.toNanos() - age + 999_999);
  }

  /** Takes out lines that were sent, the oldest ones. */
  synchronized void sent(int count) {
    for (int i = 0; i < count; i++) bytes -= size(lines.removeFirst());
    oldest = nanoTime.getAsLong();
  }

  /** Blocks until the input has ended, and no longer than the given time. */
  synchronized void awaitEnd(Duration limit) throws InterruptedException {
    long until = nanoTime.getAsLong() + limit.toNanos();
    for (long left = limit.toNanos(); !ended && left > 0; left = until - nanoTime.getAsLong()) {
      wait(TimeUnit.NANOSECONDS.toMillis(left) + 1);
    }
  }

  /** Returns whether lines were dropped. */
  synchronized boolean hasLost() {
    return lost > 0;
  }

  /** Returns the failure with the number of lines that were not sent in its problem. */
  synchronized SessionTokenException explained(SessionTokenException failure) {
    if (read == 0) return failure;
    return failure.withProblem(lost + " of " + read + " lines were not sent: " + failure.problem());
  }
}
