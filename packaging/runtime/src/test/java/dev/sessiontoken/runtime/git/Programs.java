package dev.sessiontoken.runtime.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sessiontoken.runtime.Image;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Programs of the machine: packaging/runtime/peers installs them. */
final class Programs {
  static final String PATH = "/usr/local/sbin:/usr/sbin:/sbin:/usr/local/bin:/usr/bin:/bin";

  private Programs() {}

  /** Skips the test where one is not there, and says so. */
  static void need(String... programs) {
    for (String program : programs) {
      assumeTrue(
          find(program).isPresent(),
          program + " is not installed: packaging/runtime/peers installs it, as root");
    }
  }

  private static Optional<Path> find(String program) {
    return List.of(PATH.split(":", -1)).stream()
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Starts a server; it says what it says in a file of the folder. */
  static Process start(Path folder, String... command) throws IOException {
    var line = command.clone();
    line[0] = find(command[0]).orElseThrow().toString(); // sshd insists on its whole path
    return new ProcessBuilder(line)
        .redirectInput(new File("/dev/null"))
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve(command[0] + ".log").toFile())
        .start();
  }

  /** Runs a program that must succeed; returns what it says. */
  static String run(Map<String, String> environment, String... command) throws Exception {
    var result = Image.run(List.of(command), environment);
    assertThat(result.status()).as("%s: %s", String.join(" ", command), result.err()).isZero();
    return result.out();
  }

  static String run(String... command) throws Exception {
    return run(Map.of("PATH", PATH), command);
  }

  /** A port that nobody listens at just now. */
  static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Waits until the server listens. */
  static void awaitPort(int port, Process server) throws IOException, InterruptedException {
    for (int tries = 0; tries < 300; tries++) {
      try (var socket = new Socket()) {
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
        return;
      } catch (IOException _) {
        if (server.waitFor(Duration.ofMillis(100))) break; // else: not yet
      }
    }
    throw new IOException("nobody came to listen at " + port);
  }

  static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }
}
