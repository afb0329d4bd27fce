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

/** Connects to several addresses of a host at once, to find one that accepts connections. */
final class AddressRace {
  /** Upper bound of addresses that are tried: more are a mistake or an attack. */
  private static final int MAX_ADDRESSES = 16;

  private AddressRace() {}

  /**
   * Returns the first address that accepts a connection, or empty if none does before the deadline.
   * Blocks. All connections are closed at once.
   *
   * @throws InterruptedException if the calling thread was interrupted
   */
  static Optional<InetAddress> winner(List<InetAddress> addresses, int port, Deadline deadline)
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
    for (var address : addresses.stream().limit(MAX_ADDRESSES).toList()) {
      if (isConnected(selector, new InetSocketAddress(address, port))) return Optional.of(address);
    }
    while (!selector.keys().isEmpty() && !deadline.isOver()) {
      selector.select(Math.max(1, deadline.remaining().toMillis()));
      if (Thread.interrupted()) throw new InterruptedException();
      for (var key : selector.selectedKeys()) {
        if (isFinished(key))
          return Optional.of(((InetSocketAddress) key.attachment()).getAddress());
      }
      selector.selectedKeys().clear();
      selector.selectNow(); // removes the keys of closed connections
    }
    return Optional.empty();
  }

  /** Begins to connect; returns whether the connection is there already. */
  private static boolean isConnected(Selector selector, InetSocketAddress address)
      throws IOException {
    var channel = SocketChannel.open();
    channel.configureBlocking(false);
    channel.register(selector, SelectionKey.OP_CONNECT, address);
    try {
      return channel.connect(address);
    } catch (IOException e) { // such as no route to the address
      channel.close();
      return false;
    }
  }

  /** Returns whether the connection is there; closes one that failed. */
  private static boolean isFinished(SelectionKey key) throws IOException {
    try {
      return ((SocketChannel) key.channel()).finishConnect();
    } catch (IOException e) {
      key.channel().close();
      return false;
    }
  }
}
