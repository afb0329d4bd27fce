package dev.sessiontoken.resident;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** An address of which the server behind it may change, and whose connections can be cut. */
final class Relay implements AutoCloseable {
  private final ServerSocket listener;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger connections = new AtomicInteger();
  private volatile int port;

  /** Leads to a port of this machine. */
  Relay(int port) throws IOException {
    this.port = port;
    this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  URI url(String scheme) {
    return URI.create(scheme + "://127.0.0.1:" + listener.getLocalPort());
  }

  /** Leads further connections to another port. */
  void lead(int another) {
    port = another;
  }

  int connections() {
    return connections.get();
  }

  /** Closes all connections. */
  void cut() throws IOException {
    for (var each : open) each.close();
    open.clear();
  }

  private void accept() {
    try {
      while (true) {
        var client = listener.accept();
        var server = new Socket(InetAddress.getLoopbackAddress(), port);
        connections.incrementAndGet();
        open.add(client);
        open.add(server);
        Thread.ofVirtual().start(() -> pass(client, server));
        Thread.ofVirtual().start(() -> pass(server, client));
      }
    } catch (IOException e) {
      return; // closed
    }
  }

  private static void pass(Socket from, Socket to) {
    try (from;
        to) {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException e) {
      return; // cut
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    cut();
  }
}
