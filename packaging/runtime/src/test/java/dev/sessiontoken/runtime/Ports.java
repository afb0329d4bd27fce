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
   * A port without a listener, never returned before. It lies below the range of ephemeral ports,
   * so the kernel gives it to no client.
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

  /** Waits until a server listens at the port, at most 20 s. */
  public static void await(int port, Process server) throws IOException, InterruptedException {
    for (int tries = 0; tries < 200; tries++) {
      try (var socket = new Socket()) {
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
        return;
      } catch (IOException _) {
        if (server.waitFor(Duration.ofMillis(100))) break; // the server ended without listening
      }
    }
    throw new IOException("no server listens at port " + port);
  }
}
