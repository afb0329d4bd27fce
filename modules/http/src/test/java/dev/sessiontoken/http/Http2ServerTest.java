package dev.sessiontoken.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sessiontoken.spi.Deadline;
import dev.sessiontoken.spi.SessionTokenException;
import dev.sessiontoken.spi.SessionTokenException.BadAnswer;
import dev.sessiontoken.testkit.tls.ServerChain;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Answers over HTTP/2 (RFC 9113) that are no good; over HTTP/1.1, the server answers well. */
@Timeout(60)
class Http2ServerTest {
  private static final int DATA = 0;
  private static final int HEADERS = 1;
  private static final int RST_STREAM = 3;
  private static final int SETTINGS = 4;
  private static final int UNKNOWN = 0xee;
  private static final int END_STREAM = 1;
  private static final int END_HEADERS = 4;
  private static final String ANSWER = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";

  private final List<String> protocols = new CopyOnWriteArrayList<>();
  private final ServerChain chain = ServerChain.p256();
  private final SSLServerSocket listener = listener();
  private volatile Http2 answer = _ -> {};

  @TempDir Path folder;

  /** Answers the first request of an HTTP/2 connection. */
  private interface Http2 {
    void answer(OutputStream out) throws IOException;
  }

  private SSLServerSocket listener() {
    try {
      var factory = chain.serverContext().getServerSocketFactory();
      var loopback = InetAddress.getLoopbackAddress();
      var socket = (SSLServerSocket) factory.createServerSocket(0, 5, loopback);
      var parameters = socket.getSSLParameters();
      parameters.setApplicationProtocols(new String[] {"h2", "http/1.1"});
      socket.setSSLParameters(parameters);
      return socket;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @BeforeEach
  void start() throws IOException {
    chain.writeAuthority(folder.resolve("root.pem"));
    Thread.ofPlatform().daemon().start(this::serve);
  }

  @AfterEach
  void close() throws IOException {
    listener.close();
  }

  private void serve() {
    while (!listener.isClosed()) {
      try {
        var socket = (SSLSocket) listener.accept();
        Thread.ofPlatform().daemon().start(() -> serve(socket));
      } catch (IOException e) {
        return; // the test has ended
      }
    }
  }

  private void serve(SSLSocket socket) {
    try (socket) {
      socket.startHandshake();
      protocols.add(socket.getApplicationProtocol());
      if (socket.getApplicationProtocol().equals("h2")) {
        readRequest(socket.getInputStream(), socket.getOutputStream());
        answer.answer(socket.getOutputStream());
        socket.getInputStream().readAllBytes();
      } else {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) head.append((char) socket.getInputStream().read());
        socket.getOutputStream().write(ANSWER.getBytes(StandardCharsets.US_ASCII));
      }
    } catch (IOException e) {
      // the client has closed the connection
    }
  }

  /** Sends the server's settings and reads frames up to the head of a request. */
  private static void readRequest(InputStream in, OutputStream out) throws IOException {
    in.readNBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".length());
    frame(out, SETTINGS, 0, 0, new byte[0]);
    int type;
    do {
      var head = in.readNBytes(9);
      type = head[3];
      in.readNBytes(((head[0] & 0xff) << 16) | ((head[1] & 0xff) << 8) | (head[2] & 0xff));
    } while (type != HEADERS);
  }

  private static void frame(OutputStream out, int type, int flags, int stream, byte[] payload)
      throws IOException {
    int n = payload.length;
    var head = new byte[] {(byte) (n >> 16), (byte) (n >> 8), (byte) n, (byte) type, (byte) flags};
    out.write(head);
    out.write(new byte[] {0, 0, 0, (byte) stream});
    out.write(payload);
    out.flush();
  }

  private Answer send() throws Exception {
    var url = URI.create("https://127.0.0.1:" + listener.getLocalPort());
    var settings = DeploymentSettings.of(url).withCaFile(folder.resolve("root.pem"));
    try (var client = new DeploymentClient(settings.withPause(_ -> {}))) {
      return client.send(
          Call.get("/", Map.of()), Optional.empty(), Deadline.in(Duration.ofSeconds(30)));
    }
  }

  @Test
  void thatRefuseHttp2AreRepeatedOnceOverHttp11() throws Exception {
    answer = out -> frame(out, RST_STREAM, 0, 1, new byte[] {0, 0, 0, 0xd});
    assertThat(send().status()).isEqualTo(200);
    assertThat(protocols).containsExactly("h2", ""); // HTTP/1.1 needs no ALPN
  }

  @Test
  void thatAreMisdirectedAreRepeatedOnceOverHttp11() throws Exception {
    var status421 = new byte[] {0x08, 3, '4', '2', '1'};
    answer = out -> frame(out, HEADERS, END_STREAM | END_HEADERS, 1, status421);
    assertThat(send().status()).isEqualTo(200);
    assertThat(protocols).containsExactly("h2", ""); // HTTP/1.1 needs no ALPN
  }

  @Test
  void thatAreShorterThanTheirHeadSaysAreRefused() {
    var status200AndLength9 = new byte[] {(byte) 0x88, 0x0f, 0x0d, 1, '9'};
    answer =
        out -> {
          frame(out, HEADERS, END_HEADERS, 1, status200AndLength9);
          frame(out, DATA, END_STREAM, 1, new byte[] {'{', '}'});
        };
    assertThatThrownBy(this::send)
        .isInstanceOf(BadAnswer.class)
        .hasMessageEndingWith("the answer is not as long as its head says");
  }

  @Test
  void thatHaveFramesOfUnknownTypesWithoutEndAreCutOff() {
    var sent = new AtomicLong();
    answer =
        out -> {
          while (true) {
            frame(out, UNKNOWN, 0, 0, new byte[16_000]);
            sent.addAndGet(16_000);
          }
        };
    assertThatThrownBy(this::send).isInstanceOf(SessionTokenException.class);
    assertThat(sent.get()).isLessThan(64 << 20);
  }
}
