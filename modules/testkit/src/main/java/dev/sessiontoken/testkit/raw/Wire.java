package dev.sessiontoken.testkit.raw;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** One connection of a {@link RawServer}, for its {@link Script}. */
public final class Wire {
  private static final String CLOSED = "the client closed the connection";

  private final Socket raw;
  private final Socket socket;
  private final List<String> requests;
  private final CountDownLatch closed;
  private final BrokenRecord poison;

  /**
   * A connection.
   *
   * @param raw the TCP connection
   * @param socket TLS over it, or the same
   * @param requests collects the heads of requests
   * @param closed opens when the server is closed
   * @param poison makes the server's own TLS read a broken record
   */
  Wire(
      Socket raw,
      Socket socket,
      List<String> requests,
      CountDownLatch closed,
      BrokenRecord poison) {
    this.raw = raw;
    this.socket = socket;
    this.requests = requests;
    this.closed = closed;
    this.poison = poison;
  }

  /**
   * Reads the head of a request, up to the empty line, and returns it with its line ends. Blocks
   * until it is there.
   *
   * @throws IOException if the client closes the connection before
   */
  public String readRequest() throws IOException {
    var head = new StringBuilder();
    InputStream in = socket.getInputStream();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) throw new IOException(CLOSED);
      head.append((char) next);
    }
    requests.add(head.toString());
    return head.toString();
  }

  /** Waits for the first bytes of the client, such as a TLS ClientHello, below TLS; drops them. */
  public void readSome() throws IOException {
    if (raw.getInputStream().read(new byte[2000]) < 0) throw new IOException(CLOSED);
  }

  /** Sends a text at once, over TLS if the server has it. Each char is one byte. */
  public void write(String text) throws IOException {
    write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Sends bytes at once, over TLS if the server has it. */
  public void write(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
  }

  /** Sends a text below TLS, unencrypted. */
  public void writeRaw(String text) throws IOException {
    raw.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    raw.getOutputStream().flush();
  }

  /** Ends the connection with RST instead of FIN. */
  public void reset() throws IOException {
    raw.setSoLinger(true, 0);
    raw.close();
  }

  /** Ends the connection below TLS, without the close_notify that TLS wants. */
  public void hangUp() throws IOException {
    raw.shutdownOutput();
    raw.close();
  }

  /** Waits until the server is closed. */
  public void stay() throws InterruptedException {
    closed.await();
  }

  /**
   * Blocks this long, or until the server is closed.
   *
   * @return whether the server is closed
   */
  public boolean isClosedWithin(Duration pause) throws InterruptedException {
    return closed.await(pause.toNanos(), TimeUnit.NANOSECONDS);
  }

  /**
   * Has the server's TLS send an alert and break off, as if the client had sent a broken record.
   */
  public void alert() throws IOException {
    poison.release();
    try {
      socket.getInputStream().readAllBytes();
    } catch (IOException e) {
      // expected: the server's TLS refuses the record, and has sent the alert
    }
  }
}
