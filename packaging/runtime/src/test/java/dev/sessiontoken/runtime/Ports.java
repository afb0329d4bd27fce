package dev.sessiontoken.runtime;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/** Port numbers on loopback. */
public final class Ports {
  private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

  private Ports() {}

  /**
   * One that nobody listens at, and that was not given to anybody else. It is not among those that
   * the system gives to clients, so it stays free.
   */
  public static int free() throws IOException {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(15_000, 30_000);
      if (GIVEN.add(port) && isFree(port)) return port;
    }
  }

  private static boolean isFree(int port) throws IOException {
    try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (BindException _) {
      return false;
    }
  }

  /** Waits until somebody listens. */
  public static void await(int port, Process server) throws IOException, InterruptedException {
    for (int tries = 0; tries < 200; tries++) {
      try (var socket = new Socket()) {
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
        return;
      } catch (IOException _) {
        if (server.waitFor(Duration.ofMillis(100))) break; // else: not yet
      }
    }
    throw new IOException("nobody came to listen at " + port);
  }
}
