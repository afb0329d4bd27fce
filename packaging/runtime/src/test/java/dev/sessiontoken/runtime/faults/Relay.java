package dev.sessiontoken.runtime.faults;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Forwards connections to a fake, from an address that the fake cannot listen on. */
final class Relay implements AutoCloseable {
  private final ServerSocket listener;
  private final int port;

  /**
   * Forwards connections to a port on loopback.
   *
   * @param from address to listen on
   * @param number port to listen on
   * @param port port of the fake
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
        // the relay was closed, or the fake has stopped: the client's connection ends
      }
    }
  }

  private static void pass(Socket from, Socket to) {
    try (from;
        to) {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException _) {
      // one side closed its connection: the caller closes the other
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
