package dev.sessiontoken.runtime.faults;

import dev.sessiontoken.runtime.Ports;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLContext;

/** Does on loopback what no real server does: what its script says, byte by byte. */
final class RawServer implements AutoCloseable {
  private final ServerSocket listener;
  private InetSocketAddress address;
  private final Optional<SSLContext> tls;
  private final Script script;
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final CountDownLatch closed = new CountDownLatch(1);

  /** A server that has an address and does not listen yet. */
  RawServer(Optional<SSLContext> tls, Script script) throws IOException {
    this.tls = tls;
    this.script = script;
    this.listener = new ServerSocket();
    this.address = newAddress();
  }

  private static InetSocketAddress newAddress() throws IOException {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), Ports.free());
  }

  /** The same, listening: at another port if somebody has come to be at this one. */
  RawServer listening() throws IOException {
    for (int tries = 0; !listener.isBound() && tries < 5; tries++) {
      try {
        listener.bind(address);
      } catch (BindException _) {
        address = newAddress();
      }
    }
    Thread.ofVirtual().start(this::accept);
    return this;
  }

  String address() {
    return address.getAddress().getHostAddress() + ":" + address.getPort();
  }

  synchronized void listen() {
    if (listener.isBound() || listener.isClosed()) return;
    try {
      listener.bind(address);
    } catch (IOException e) {
      throw new IllegalStateException(address + " was free a moment ago", e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  /** The heads of the requests that came so far. */
  List<String> requests() {
    return List.copyOf(requests);
  }

  private void accept() {
    for (int number = 1; !listener.isClosed(); number++) {
      try {
        int current = number;
        var socket = listener.accept();
        open.add(socket);
        Thread.ofVirtual().start(() -> serve(socket, current));
      } catch (IOException _) {
        return; // closed
      }
    }
  }

  private void serve(Socket socket, int number) {
    try (socket) {
      var poison = new Poison(socket);
      try (var spoken = tls.isPresent() ? secured(socket, poison) : socket) {
        script.serve(new Wire(socket, spoken, requests, closed, poison), number);
      }
    } catch (IOException _) {
      // the client hung up: what it makes of that is what is tested
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private Socket secured(Socket socket, Poison poison) throws IOException {
    return tls.orElseThrow().getSocketFactory().createSocket(socket, poison, true);
  }

  @Override
  public void close() throws IOException {
    closed.countDown();
    listener.close();
    for (var socket : open) socket.close();
  }
}
