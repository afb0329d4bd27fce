package dev.sessiontoken.http;

import dev.sessiontoken.spi.Deadline;
import dev.sessiontoken.spi.SessionTokenException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Asks a TLS server for the time, for the message about a certificate that seems out of date: the
 * clock of this machine may be wrong instead. Sends a plain HTTP request without secrets to the TLS
 * port; most servers answer 400 with a {@code Date} header. The answer is used for the message
 * alone.
 */
final class ServerClock {
  private static final Duration LIMIT = Duration.ofSeconds(1);
  private static final int MAX_BODY = 64 * 1024;

  private ServerClock() {}

  /**
   * Returns the {@code Date} of the server's answer, empty if there is none within a second.
   * Blocks.
   */
  static Optional<Instant> ask(URI origin, Deadline deadline) throws InterruptedException {
    var peer = Peer.of(origin);
    var uri = URI.create("http://" + peer.host() + ":" + peer.port() + "/");
    var offer = new Transport.Offer(LIMIT, false, false);
    try (var transport = new Transport(Route.direct(uri), peer, offer, MAX_BODY, Trace.none())) {
      var request = HttpRequest.newBuilder(uri).build();
      var end = deadline.orIn(LIMIT);
      var answer = transport.send("ask for the time", request, List.of(), end, end);
      return answer.header("Date").flatMap(HttpDate::parse);
    } catch (SessionTokenException e) {
      return Optional.empty();
    }
  }
}
