package dev.sessiontoken.runtime.faults;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/** A listening address whose queue of connections is full: connecting to it never completes. */
final class BlackHole implements AutoCloseable {
  private static final int ENOUGH = 8;

  private final ServerSocket listener;
  private final List<SocketChannel> queue = new ArrayList<>();

  BlackHole(String address, int port) throws IOException {
    listener = new ServerSocket(port, 1, InetAddress.getByName(address));
    for (int i = 0; i < ENOUGH; i++) {
      var channel = SocketChannel.open();
      channel.configureBlocking(false);
      channel.connect(new InetSocketAddress(address, port));
      queue.add(channel);
    }
  }

  @Override
  public void close() throws IOException {
    for (var channel : queue) channel.close();
    listener.close();
  }
}
