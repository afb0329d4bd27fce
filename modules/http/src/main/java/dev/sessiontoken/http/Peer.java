package dev.sessiontoken.http;

import dev.sessiontoken.http.proxy.IpAddress;
import dev.sessiontoken.spi.Deadline;
import dev.sessiontoken.spi.SessionTokenException.Unreachable;
import java.net.InetAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Whom a client connects to: the deployment, or the proxy before it. Remembers which of its
 * addresses answered, once that mattered. Safe for any number of threads.
 */
final class Peer {
  private final String host;
  private final int port;
  private volatile @Nullable InetAddress answering;

  Peer(String host, int port) {
    this.host = host;
    this.port = port;
  }

  /** The host of a URL. */
  static Peer of(URI uri) {
    int usual = "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
    return new Peer(uri.getHost(), uri.getPort() < 0 ? usual : uri.getPort());
  }

  String host() {
    return host;
  }

  int port() {
    return port;
  }

  boolean isLiteral() {
    return host.startsWith("[") || IpAddress.parse(host).isPresent();
  }

  /**
   * The addresses of its name, best first. The system's look-up cannot be interrupted: it has a
   * thread of its own, which is left alone at the deadline.
   */
  List<InetAddress> addresses(String step, Deadline deadline)
      throws Unreachable, InterruptedException {
    var lookup = new FutureTask<>(() -> InetAddress.getAllByName(host));
    var thread = new Thread(lookup, "look-up of a host");
    thread.setDaemon(true);
    thread.start();
    try {
      var found = lookup.get(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
      return ordered(List.of(found));
    } catch (TimeoutException e) {
      throw TransportFailure.lookupTimeLimit(step, host, e);
    } catch (ExecutionException e) {
      throw TransportFailure.unknownHost(step, host, e.getCause());
    }
  }

  private List<InetAddress> ordered(List<InetAddress> found) {
    var best = answering;
    if (best == null || !found.contains(best)) return found;
    var ordered = new ArrayList<>(found);
    ordered.remove(best);
    ordered.addFirst(best);
    return ordered;
  }

  /**
   * Looks for an address that answers, where there are several and the first does not; further
   * calls of {@link #addresses} begin with it.
   *
   * @return whether there is one
   */
  boolean findAnswering(String step, Deadline deadline) throws Unreachable, InterruptedException {
    if (isLiteral()) return false;
    var all = addresses(step, deadline);
    if (all.size() < 2) return false;
    var winner = Race.among(all, port, deadline);
    winner.ifPresent(address -> answering = address);
    return winner.isPresent();
  }
}
