package dev.sessiontoken.http;

import dev.sessiontoken.spi.Deadline;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Optional;

/** Connects to several addresses of a host at once, to see which answers first. */
final class Race {
  /** As many as anybody has who means well. */
  private static final int MAX = 16;

  private Race() {}

  /**
   * The first that accepts a connection, which is closed at once.
   *
   * @return empty if none does before the deadline
   * @throws InterruptedException if the calling thread was interrupted
   */
  static Optional<InetAddress> among(List<InetAddress> addresses, int port, Deadline deadline)
      throws InterruptedException {
    try (var selector = Selector.open()) {
      try {
        return run(selector, addresses, port, deadline);
      } finally {
        for (var key : selector.keys()) key.channel().close();
      }
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Optional<InetAddress> run(
      Selector selector, List<InetAddress> addresses, int port, Deadline deadline)
      throws IOException, InterruptedException {
    for (var address : addresses.stream().limit(MAX).toList()) {
      if (enter(selector, new InetSocketAddress(address, port))) return Optional.of(address);
    }
    while (!selector.keys().isEmpty() && !deadline.isOver()) {
      selector.select(Math.max(1, deadline.remaining().toMillis()));
      if (Thread.interrupted()) throw new InterruptedException();
      for (var key : selector.selectedKeys()) {
        if (arrives(key)) return Optional.of(((InetSocketAddress) key.attachment()).getAddress());
      }
      selector.selectedKeys().clear();
      selector.selectNow(); // forgets those that lost
    }
    return Optional.empty();
  }

  /** Whether it has arrived already. */
  private static boolean enter(Selector selector, InetSocketAddress address) throws IOException {
    var channel = SocketChannel.open();
    channel.configureBlocking(false);
    channel.register(selector, SelectionKey.OP_CONNECT, address);
    try {
      return channel.connect(address);
    } catch (IOException e) { // such as no route
      channel.close();
      return false;
    }
  }

  private static boolean arrives(SelectionKey key) throws IOException {
    try {
      return ((SocketChannel) key.channel()).finishConnect();
    } catch (IOException e) {
      key.channel().close();
      return false;
    }
  }
}
