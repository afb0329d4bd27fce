package dev.sessiontoken.resident;

import dev.sessiontoken.cli.resident.Place;
import dev.sessiontoken.spi.SessionTokenException.NotConfigured;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import jdk.net.ExtendedSocketOptions;

/**
 * Listens on the socket, and ends when it is asked to, when no call has come for a while, when the
 * socket at its path is no longer its own (another helper has taken its place, or the socket was
 * removed), or when its image was removed or upgraded: calls of another image do not come here.
 */
final class Service implements AutoCloseable {
  private static final int WAITING = 128;
  private static final Duration REST = KeptClients.IDLE.plusSeconds(2);

  /** A collection starts the clean-up of closed clients, whose memory the next ones free. */
  private static final int COLLECTIONS = 3;

  private static final Duration AFTER_FAILED_ACCEPT = Duration.ofMillis(100);

  private final Place place;
  private final Path own;
  private final Calls calls;
  private final Limits limits;
  private final LongSupplier nanoTime;
  private final ServerSocketChannel listener;
  private final UserPrincipal user;
  private final Map<String, Object> inode;
  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
  private final Set<Connection> asking = ConcurrentHashMap.newKeySet();
  private final CountDownLatch ending = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private final long started;
  private final long pid;
  private volatile long lastCall;
  private long restedAfter;
  private int collections;

  private Service(Place place, long pid, Calls calls, Limits limits, LongSupplier nanoTime)
      throws IOException {
    this.place = place;
    this.pid = pid;
    this.own = place.folder().resolve("." + pid);
    this.calls = calls;
    this.limits = limits;
    this.nanoTime = nanoTime;
    this.started = nanoTime.getAsLong();
    this.lastCall = started;
    this.listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      Files.deleteIfExists(own); // of an earlier process of the same id
      listener.bind(UnixDomainSocketAddress.of(own), WAITING);
      this.user = Files.getOwner(own, LinkOption.NOFOLLOW_LINKS);
      this.inode = inode(own);
      Files.move(own, place.socket(), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      listener.close();
      Files.deleteIfExists(own);
      throw e;
    }
  }

  /**
   * Listens at the place, instead of any helper that listens there. A rename puts the socket there:
   * at each moment the path leads to one that answers.
   *
   * @param pid id of this process
   * @param nanoTime counts nanoseconds, as {@link System#nanoTime} does
   * @throws NotConfigured if the folder is not the user's alone
   * @throws IOException if the socket cannot be made
   */
  static Service open(Place place, long pid, Calls calls, Limits limits, LongSupplier nanoTime)
      throws NotConfigured, IOException {
    place.check();
    return new Service(place, pid, calls, limits, nanoTime);
  }

  private static Map<String, Object> inode(Path socket) throws IOException {
    return Files.readAttributes(socket, "unix:ino,dev", LinkOption.NOFOLLOW_LINKS);
  }

  /** Serves clients. Blocks until the helper has ended. */
  void serve() throws InterruptedException {
    Thread.ofPlatform().daemon().name("accept").start(this::accept);
    while (!ending.await(limits.tick().toNanos(), TimeUnit.NANOSECONDS)) {
      calls.tidy();
      rest();
      if (isIdle() || !isAtItsPlace() || !place.isOf(calls.image())) ending.countDown();
    }
    stopListening();
    awaitEnd(connections, limits.stop());
    ended.countDown();
    awaitEnd(asking, limits.answer());
  }

  /** Gives memory back once calls have ended and kept connections are closed. */
  private void rest() {
    long last = lastCall;
    if (last != restedAfter) collections = 0;
    restedAfter = last;
    boolean isDue = nanoTime.getAsLong() - last > REST.toNanos() && connections.isEmpty();
    if (!isDue || collections == COLLECTIONS) return;
    collections++;
    Runtime.getRuntime().gc();
  }

  private boolean isIdle() {
    boolean isUnused = nanoTime.getAsLong() - lastCall > limits.idle().toNanos();
    return isUnused && connections.isEmpty();
  }

  private boolean isAtItsPlace() {
    try {
      place.check();
      return inode(place.socket()).equals(inode);
    } catch (NotConfigured | IOException e) {
      return false;
    }
  }

  private void accept() {
    while (listener.isOpen()) {
      try {
        serve(listener.accept());
      } catch (ClosedChannelException e) {
        return;
      } catch (IOException e) { // no descriptor is free
        if (!pause()) return;
      }
    }
  }

  private boolean pause() {
    try {
      return !ending.await(AFTER_FAILED_ACCEPT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      return false;
    }
  }

  private void serve(SocketChannel client) throws IOException {
    if (connections.size() >= limits.connections()) {
      client.close();
      return;
    }
    lastCall = nanoTime.getAsLong();
    var connection = new Connection(client, this, calls, limits);
    connections.add(connection);
    Thread.ofVirtual()
        .name("connection")
        .start(() -> {
          try {
            if (isOwnUser(client)) connection.serve();
            else connection.close();
          } catch (IOException e) {
            return; // the client has gone
          } finally {
            connections.remove(connection);
            lastCall = nanoTime.getAsLong();
          }
        });
  }

  /**
   * The folder is closed to others; this is for a folder that has been opened since. Blocks while
   * the system looks up the name of the user.
   */
  private boolean isOwnUser(SocketChannel client) throws IOException {
    return client.getOption(ExtendedSocketOptions.SO_PEERCRED).user().equals(user);
  }

  /** Returns the id of the image that this helper is of. */
  String image() {
    return place.id();
  }

  /** Returns the state of this helper. */
  Status status() {
    return new Status(
        pid,
        place.id(),
        Duration.ofNanos(nanoTime.getAsLong() - started),
        calls.count(),
        calls.sentAway(),
        connections.size(),
        calls.connections());
  }

  /**
   * Ends the helper. Blocks until it listens no more and calls under way have ended.
   *
   * @param client who asks for it, and gets its answer before the process ends
   */
  void stop(Connection client) throws InterruptedException {
    asking.add(client);
    connections.remove(client); // it waits itself
    ending.countDown();
    ended.await(2 * limits.stop().toMillis(), TimeUnit.MILLISECONDS);
  }

  private void stopListening() {
    removeSocket();
    try {
      listener.close();
    } catch (IOException e) {
      return; // the process ends, and the socket with it
    }
  }

  private static void awaitEnd(Set<Connection> clients, Duration limit)
      throws InterruptedException {
    long until = System.nanoTime() + limit.toNanos();
    for (var each : clients) {
      long left = until - System.nanoTime();
      if (left > 0) each.await(Duration.ofNanos(left));
    }
  }

  /** Removes the socket, if it is this helper's. */
  void removeSocket() {
    try {
      if (isAtItsPlace()) Files.deleteIfExists(place.socket());
      Files.deleteIfExists(own);
    } catch (IOException e) {
      return; // a client that finds it removes it
    }
  }

  @Override
  public void close() throws IOException {
    removeSocket();
    listener.close();
    for (var each : connections) each.close();
  }
}
