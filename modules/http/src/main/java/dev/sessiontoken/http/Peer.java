package dev.sessiontoken.http;

import dev.sessiontoken.http.proxy.IpAddress;
import dev.sessiontoken.spi.Deadline;
import dev.sessiontoken.spi.SessionTokenException.Unreachable;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The host that a client connects to: the deployment, or the proxy before it. Remembers which of
 * its addresses accepts connections, once the first did not. Safe for any number of threads.
 */
final class Peer {
  /** A look-up costs a thread; the JDK itself asks the system every 30 s. */
  private static final Duration FRESH = Duration.ofSeconds(5);

  private final String host;
  private final int port;
  private final boolean isLiteral;
  private final @Nullable Executor brought;
  private final Set<Future<?>> lookups = ConcurrentHashMap.newKeySet();
  private volatile @Nullable InetAddress reachable;
  private volatile Lookup latest = new Lookup(List.of(), Deadline.in(Duration.ZERO));

  /** Addresses that were found, and until when these are used without another look-up. */
  private record Lookup(List<InetAddress> addresses, Deadline end) {}

  Peer(String host, int port) {
    this(host, port, null);
  }

  /**
   * A peer that has not been looked up yet.
   *
   * @param brought the program's executor, which looks the host up; null for a thread of each
   *     look-up's own
   */
  private Peer(String host, int port, @Nullable Executor brought) {
    this.host = host;
    this.port = port;
    this.isLiteral = host.startsWith("[") || IpAddress.parse(host).isPresent();
    this.brought = brought;
  }

  /** Returns the same peer, looked up by the program's executor; by own threads if null. */
  Peer withExecutor(@Nullable Executor executor) {
    return executor == null ? this : new Peer(host, port, executor);
  }

  /** Returns the host and port of a URL. */
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

  /** Returns whether the host is an address and needs no look-up. */
  boolean isLiteral() {
    return isLiteral;
  }

  /**
   * Returns the addresses of the host, with the one to connect to first; those of the latest
   * look-up if it is recent. Blocks. The system's look-up cannot be interrupted: it runs on another
   * thread, which is abandoned at the deadline, or when {@link #abandon} is called.
   *
   * @throws Unreachable if the host has no address or the look-up takes too long
   */
  List<InetAddress> addresses(String step, Deadline deadline)
      throws Unreachable, InterruptedException {
    var recent = latest;
    if (!recent.end().isOver()) return ordered(recent.addresses());
    var found = lookUp(step, deadline);
    latest = new Lookup(found, Deadline.in(FRESH));
    return ordered(found);
  }

  @SuppressWarnings("UndefinedEquals") // identity is meant
  private List<InetAddress> lookUp(String step, Deadline deadline)
      throws Unreachable, InterruptedException {
    var lookup = new FutureTask<>(() -> InetAddress.getAllByName(host));
    lookups.add(lookup);
    try {
      start(lookup);
      return List.of(lookup.get(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS));
    } catch (TimeoutException e) {
      throw TransportFailure.lookupTimeLimit(step, host, e);
    } catch (ExecutionException e) {
      throw TransportFailure.unknownHost(step, host, e.getCause());
    } catch (CancellationException e) {
      throw TransportFailure.unknownHost(step, host, e);
    } catch (RejectedExecutionException e) {
      throw TransportFailure.noThread(step, e);
    } finally {
      lookups.remove(lookup);
    }
  }

  private void start(Runnable lookup) {
    if (brought != null) {
      brought.execute(lookup);
      return;
    }
    var thread = new Thread(lookup, "sessiontoken-lookup");
    thread.setDaemon(true);
    thread.start();
  }

  /** Abandons look-ups under way: their callers get an exception. */
  void abandon() {
    for (var lookup : lookups) lookup.cancel(true);
  }

  private List<InetAddress> ordered(List<InetAddress> found) {
    var best = reachable;
    if (best == null || !found.contains(best)) return found;
    var ordered = new ArrayList<>(found);
    ordered.remove(best);
    ordered.addFirst(best);
    return ordered;
  }

  /**
   * Looks for an address that accepts connections, if the host has several; further calls of {@link
   * #addresses} return that address first. Blocks.
   *
   * @return whether there is such an address
   */
  boolean preferReachable(String step, Deadline deadline) throws Unreachable, InterruptedException {
    if (isLiteral()) return false;
    var all = addresses(step, deadline);
    if (all.size() < 2) return false;
    var winner = AddressRace.winner(all, port, deadline);
    winner.ifPresent(address -> reachable = address);
    return winner.isPresent();
  }
}
