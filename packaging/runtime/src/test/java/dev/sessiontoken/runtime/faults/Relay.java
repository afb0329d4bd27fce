package dev.sessiontoken.runtime.faults;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Passes connections on, from an address that a fake cannot have itself. */
final class Relay implements AutoCloseable {
  private final ServerSocket listener;
  private final int port;

  /**
   * Passes what comes to one address on to a port on loopback.
   *
   * @param from where it listens
   * @param number at which port
   * @param port of the fake
   */
  Relay(InetAddress from, int number, int port) throws IOException {
    this.listener = new ServerSocket(number, 50, from);
    this.port = port;
    Thread.ofVirtual().start(this::accept);
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        var client = listener.accept();
        var server = new Socket(InetAddress.getLoopbackAddress(), port);
        Thread.ofVirtual().start(() -> pass(client, server));
        Thread.ofVirtual().start(() -> pass(server, client));
      } catch (IOException _) {
        // closed, or the fake is gone: the client sees it
      }
    }
  }

  private static void pass(Socket from, Socket to) {
    try (from;
        to) {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException _) {
      // one of them hung up, so the other does
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
