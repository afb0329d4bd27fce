package dev.sessiontoken.testkit.raw;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLContext;

/**
 * A server on loopback that runs a {@link Script} for each connection, on a virtual thread of its
 * own, and closes the connection when the script ends. With an {@code SSLContext} it speaks TLS
 * below the script.
 */
public final class RawServer implements AutoCloseable {
  private final ServerSocket listener = open();
  private final InetSocketAddress address;
  private final Optional<SSLContext> tls;
  private final Script script;
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
  private final CountDownLatch closed = new CountDownLatch(1);

  private RawServer(int port, Optional<SSLContext> tls, Script script) {
    this.address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    this.tls = tls;
    this.script = script;
  }

  private static ServerSocket open() {
    try {
      return new ServerSocket();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A server that listens at a free port and speaks without TLS. */
  public static RawServer start(Script script) {
    return start(Optional.empty(), script);
  }

  /**
   * A server that listens at a free port.
   *
   * @param tls the server's certificate; empty for a server without TLS
   */
  public static RawServer start(Optional<SSLContext> tls, Script script) {
    var server = new RawServer(0, tls, script);
    server.listen();
    return server;
  }

  /**
   * A server that has an address and refuses connections until {@link #listen}.
   *
   * @param port at which nothing listens, and nothing will until then
   * @param tls the server's certificate; empty for a server without TLS
   */
  public static RawServer closedAt(int port, Optional<SSLContext> tls, Script script) {
    return new RawServer(port, tls, script);
  }

  /**
   * Begins to accept connections. Does nothing if it does already, or was closed.
   *
   * @throws UncheckedIOException if something else listens at the port by now
   */
  public synchronized void listen() {
    if (listener.isBound() || listener.isClosed()) return;
    try {
      listener.bind(address);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot listen at " + address, e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  /** Host and port, such as {@code 127.0.0.1:40123}. */
  public String address() {
    int port = listener.isBound() ? listener.getLocalPort() : address.getPort();
    return address.getAddress().getHostAddress() + ":" + port;
  }

  /** The address as {@code http:} or {@code https:} URL, without a path. */
  public URI url() {
    return URI.create((tls.isPresent() ? "https://" : "http://") + address());
  }

  /** The heads of all requests that {@link Wire#readRequest} read so far, with their line ends. */
  public List<String> requests() {
    return List.copyOf(requests);
  }

  private void accept() {
    for (int number = 1; !listener.isClosed(); number++) {
      try {
        int current = number;
        var socket = listener.accept();
        connections.add(socket);
        Thread.ofVirtual().start(() -> serve(socket, current));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void serve(Socket socket, int number) {
    try (socket) {
      var poison = new BrokenRecord(socket);
      try (var spoken = tls.isPresent() ? secured(socket, poison) : socket) {
        script.serve(new Wire(socket, spoken, requests, closed, poison), number);
      }
    } catch (IOException e) {
      // the client closed the connection: the test looks at the client
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      connections.remove(socket);
    }
  }

  private Socket secured(Socket socket, BrokenRecord poison) throws IOException {
    return tls.orElseThrow().getSocketFactory().createSocket(socket, poison, true);
  }

  /** Stops listening, ends the waits of scripts and closes every connection. */
  @Override
  public void close() {
    closed.countDown();
    try {
      listener.close();
      for (var socket : connections) socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
