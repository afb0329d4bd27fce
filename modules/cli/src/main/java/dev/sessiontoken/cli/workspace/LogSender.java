package dev.sessiontoken.cli.workspace;

import dev.sessiontoken.client.CoderClient;
import dev.sessiontoken.client.LogSource;
import dev.sessiontoken.client.SentLogs;
import dev.sessiontoken.spi.Deadline;
import dev.sessiontoken.spi.SessionTokenException;
import dev.sessiontoken.spi.SessionTokenException.Rejected;
import dev.sessiontoken.spi.SessionTokenException.Unreachable;
import java.time.Duration;
import java.util.Optional;

/** Sends what is in a buffer until the input has ended, or the deployment takes no more. */
final class LogSender {
  /** How long after a failed request the next one is sent. */
  private static final Duration AGAIN = Duration.ofSeconds(5);

  private final CoderClient client;
  private final Optional<LogSource> source;
  private final LogBuffer buffer;
  private final Duration limit;
  private boolean isSourceKnown;

  /** A sender that has not sent anything; {@code limit} bounds each request. */
  LogSender(CoderClient client, Optional<LogSource> source, LogBuffer buffer, Duration limit) {
    this.client = client;
    this.source = source;
    this.buffer = buffer;
    this.limit = limit;
  }

  /**
   * Sends until everything is sent. Blocks.
   *
   * @return the failure during which lines were dropped; empty if all lines were sent
   * @throws Unreachable if the deployment could not be reached after the end of the input either
   * @throws SessionTokenException if the deployment takes no lines, now or later
   */
  Optional<SessionTokenException> send() throws SessionTokenException, InterruptedException {
    Optional<SessionTokenException> last = Optional.empty();
    for (var batch = buffer.take(); !batch.entries().isEmpty(); batch = buffer.take()) {
      try {
        send(batch);
      } catch (Unreachable e) {
        if (batch.isAtEnd()) throw e;
        last = Optional.of(e);
        buffer.awaitEnd(AGAIN);
      }
    }
    return buffer.hasLost() ? last.or(() -> Optional.of(tooFast())) : Optional.empty();
  }

  private void send(LogBuffer.Batch batch) throws SessionTokenException, InterruptedException {
    if (source.isPresent() && !isSourceKnown) {
      client.logSource(source.get(), Deadline.in(limit));
      isSourceKnown = true;
    }
    var id = source.map(LogSource::id);
    switch (client.sendLogs(id, batch.entries(), Deadline.in(limit))) {
      case SentLogs.Sent() -> buffer.sent(batch.entries().size());
      case SentLogs.LimitExceeded full -> {
        buffer.sent(full.entries());
        throw full();
      }
    }
  }

  private static Rejected full() {
    return new Rejected(
        "send logs",
        "the deployment keeps 1 MiB of logs for an agent, and this is used up",
        "send fewer lines; the next build of the workspace begins anew",
        null);
  }

  private static Unreachable tooFast() {
    return new Unreachable(
        "send logs", "they came faster than the deployment took them", "send fewer lines", null);
  }
}
