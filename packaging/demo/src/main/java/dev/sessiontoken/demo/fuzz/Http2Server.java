package dev.sessiontoken.demo.fuzz;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

/**
 * A server on loopback that speaks HTTP/2 over TLS as far as to read a request, and then sends the
 * bytes it was given, whatever they are. Serves until {@link #close}.
 */
public final class Http2Server implements AutoCloseable {
  private static final int PREFACE = 24;
  private static final int HEAD_OF_FRAME = 9;
  private static final int HEADERS = 1;

  private final SSLServerSocket listener;
  private final byte[] answer;

  /**
   * A server that listens at a free port.
   *
   * @param tls holds a certificate for {@code 127.0.0.1}
   * @param answer frames for each request; one char a byte
   */
  public Http2Server(SSLContext tls, String answer) throws IOException {
    this.answer = answer.getBytes(StandardCharsets.ISO_8859_1);
    var factory = tls.getServerSocketFactory();
    listener =
        (SSLServerSocket) factory.createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    var parameters = listener.getSSLParameters();
    parameters.setApplicationProtocols(new String[] {"h2"});
    listener.setSSLParameters(parameters);
    Thread.ofVirtual().start(this::accept);
  }

  /** The URL at which it listens, without a path. */
  public URI url() {
    return URI.create("https://127.0.0.1:" + listener.getLocalPort());
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        var socket = listener.accept();
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException _) {
        return; // closed
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      var in = new DataInputStream(socket.getInputStream());
      in.skipNBytes(PREFACE);
      socket.getOutputStream().write(bytes(new Http2Frames().settings()));
      skipTo(HEADERS, in); // past the client's settings and the size of its window
      socket.getOutputStream().write(answer);
      socket.getOutputStream().flush();
      in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException _) {
      // the client closed the connection
    }
  }

  private static byte[] bytes(Http2Frames frames) {
    return frames.text().getBytes(StandardCharsets.ISO_8859_1);
  }

  private static void skipTo(int wanted, DataInputStream in) throws IOException {
    int type;
    do {
      type = type(in);
    } while (type != wanted);
  }

  /** Reads a frame and returns its type. */
  private static int type(DataInputStream in) throws IOException {
    byte[] head = in.readNBytes(HEAD_OF_FRAME);
    if (head.length < HEAD_OF_FRAME) throw new IOException("the client closed the connection");
    int length = (head[0] & 0xff) << 16 | (head[1] & 0xff) << 8 | (head[2] & 0xff);
    in.skipNBytes(length);
    return head[3];
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
