package dev.sessiontoken.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * A way to a server that takes 30 ms in each direction, and counts how often the client waited: a
 * round trip begins when the client speaks after the server has.
 */
final class SlowLink implements AutoCloseable {
  private static final long ONE_WAY = TimeUnit.MILLISECONDS.toNanos(30);

  private final ServerSocket listener;
  private final int port;
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicInteger turns = new AtomicInteger();
  private final AtomicReference<Boolean> clientSpoke = new AtomicReference<>(false);

  SlowLink(int port) {
    this.port = port;
    try {
      this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  /** Those of TCP, and those in which the client waited for an answer. */
  int roundTrips() {
    return connections.get() + turns.get();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        var client = listener.accept();
        connections.incrementAndGet();
        var server = new Socket(InetAddress.getLoopbackAddress(), port);
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        Thread.ofVirtual().start(() -> pass(client, server, true));
        Thread.ofVirtual().start(() -> pass(server, client, false));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void pass(Socket from, Socket to, boolean isClient) {
    try (from;
        to) {
      byte[] buffer = new byte[1 << 16];
      for (int n = from.getInputStream().read(buffer);
          n > 0;
          n = from.getInputStream().read(buffer)) {
        if (clientSpoke.getAndSet(isClient) != isClient && isClient) turns.incrementAndGet();
        LockSupport.parkNanos(ONE_WAY);
        to.getOutputStream().write(buffer, 0, n);
      }
    } catch (IOException e) {
      return; // one of them hung up, so the other does
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
