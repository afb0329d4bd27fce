package dev.sessiontoken.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Proxy to a server that delays bytes by 30 ms in each direction and counts round trips. A round
 * trip begins when the client sends after it has received.
 */
final class SlowLink implements AutoCloseable {
  private static final long ONE_WAY = TimeUnit.MILLISECONDS.toNanos(30);

  private final ServerSocket listener;
  private final int port;
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicInteger turns = new AtomicInteger();
  private final AtomicBoolean clientSpoke = new AtomicBoolean();

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

  /** Round trips of TCP handshakes, and those in which the client waited for an answer. */
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
        return; // the link was closed
      }
    }
  }

  /** Reads without delay, so that bytes sent together arrive together. */
  private void pass(Socket from, Socket to, boolean isClient) {
    var underWay = new LinkedBlockingQueue<Chunk>();
    Thread.ofVirtual().start(() -> deliver(underWay, to, isClient));
    byte[] buffer = new byte[1 << 16];
    try (from) {
      for (int n = from.getInputStream().read(buffer);
          n > 0;
          n = from.getInputStream().read(buffer)) {
        if (isClient && !clientSpoke.getAndSet(true)) turns.incrementAndGet();
        underWay.add(Chunk.of(Arrays.copyOf(buffer, n)));
      }
    } catch (IOException e) {
      // one side closed its connection: the empty chunk closes the other
    }
    underWay.add(Chunk.of(new byte[0]));
  }

  private void deliver(BlockingQueue<Chunk> underWay, Socket to, boolean isClient) {
    try (to) {
      for (var chunk = underWay.take(); chunk.bytes().length > 0; chunk = underWay.take()) {
        LockSupport.parkNanos(chunk.due() - System.nanoTime());
        to.getOutputStream().write(chunk.bytes());
        if (!isClient) clientSpoke.set(false);
      }
    } catch (IOException | InterruptedException e) {
      return; // the receiver has closed its connection
    }
  }

  /** Bytes on their way, empty for the end of the stream, and their time of arrival. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Chunk(byte[] bytes, long due) {
    static Chunk of(byte[] bytes) {
      return new Chunk(bytes, System.nanoTime() + ONE_WAY);
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
