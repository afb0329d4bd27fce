package dev.sessiontoken.runtime.faults;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * One connection of a server that speaks bytes.
 *
 * @param raw what lies below TLS
 * @param socket what is spoken to: the same without TLS
 * @param requests collects the heads of requests
 * @param closed opens when the server ends
 * @param poison makes the server's own TLS read garbage, and so send an alert
 */
record Wire(
    Socket raw, Socket socket, List<String> requests, CountDownLatch closed, Poison poison) {

  /** Reads up to the empty line; fails if the client hangs up before. */
  void readRequest() throws IOException {
    var head = new StringBuilder();
    InputStream in = socket.getInputStream();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) throw new IOException("the client hung up");
      head.append((char) next);
    }
    requests.add(head.toString());
  }

  /** Each char is a byte. */
  void write(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
  }

  /** The same, past TLS. */
  void writeRaw(String text) throws IOException {
    raw.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    raw.getOutputStream().flush();
  }

  /** Ends the connection with RST instead of FIN. */
  void reset() throws IOException {
    raw.setSoLinger(true, 0);
    raw.close();
  }

  /** Ends the connection below TLS: no close_notify. */
  void hangUp() throws IOException {
    raw.shutdownOutput();
    raw.close();
  }

  /** Does nothing until the server ends. */
  void stay() throws InterruptedException {
    closed.await();
  }

  boolean isClosedWithin(Duration pause) throws InterruptedException {
    return closed.await(pause.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Has the server's TLS break off with an alert, as if the client had sent nonsense. */
  void alert() throws IOException {
    poison.release();
    try {
      socket.getInputStream().readAllBytes();
    } catch (IOException _) {
      // that is its reaction: the alert is out
    }
  }
}
