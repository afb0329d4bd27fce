package dev.sessiontoken.http;

import dev.sessiontoken.spi.Deadline;
import dev.sessiontoken.spi.SessionTokenException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What time a TLS server believes it is, for the message about a certificate that seems out of
 * date: a wrong clock of this machine is as likely. Whoever gets plain HTTP on a TLS port mostly
 * says 400, with the date. Nothing that is secret is sent, and nothing is decided by the answer.
 */
final class ServerClock {
  private static final Duration LIMIT = Duration.ofSeconds(1);
  private static final int MAX_BODY = 64 * 1024;

  private ServerClock() {}

  /** The {@code Date} of its answer; empty if there is none in a second. */
  static Optional<Instant> of(URI origin, Deadline deadline) throws InterruptedException {
    var peer = Peer.of(origin);
    var uri = URI.create("http://" + peer.host() + ":" + peer.port() + "/");
    var progress = new Progress(Trace.none());
    var http = Connection.plain(progress).proxy(HttpClient.Builder.NO_PROXY).build();
    try (var sender = new Sender(http, peer, progress, MAX_BODY, Trace.none())) {
      var request = HttpRequest.newBuilder(uri).build();
      var answer = sender.send("ask for the time", request, List.of(), deadline.orIn(LIMIT));
      return answer.header("Date").flatMap(HttpDate::parse);
    } catch (SessionTokenException e) {
      return Optional.empty();
    }
  }
}
