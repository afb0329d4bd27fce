package dev.sessiontoken.http;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Answers every connection with the same bytes, be they HTTP or not, and hangs up. */
final class RawServer implements AutoCloseable {

  /** Writes an answer. */
  interface Script {
    void write(OutputStream out) throws IOException;
  }

  private final ServerSocket server;
  private final boolean listens;
  private final Script script;
  private final List<String> lines = new CopyOnWriteArrayList<>();

  private RawServer(boolean listens, Script script) {
    this.listens = listens;
    this.script = script;
    try {
      server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::serve);
  }

  static RawServer writing(String answer) {
    return new RawServer(true, out -> out.write(answer.getBytes(StandardCharsets.ISO_8859_1)));
  }

  static RawServer writing(Script script) {
    return new RawServer(true, script);
  }

  /** Writes without having read anything. */
  static RawServer talkingFirst(String words) {
    return new RawServer(false, out -> out.write(words.getBytes(StandardCharsets.ISO_8859_1)));
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getLocalPort());
  }

  /** The heads of all requests so far, line by line. */
  List<String> lines() {
    return lines;
  }

  private void serve() {
    try {
      while (true) {
        var socket = server.accept();
        Thread.ofVirtual().start(() -> answer(socket));
      }
    } catch (IOException e) {
      return; // closed
    }
  }

  private void answer(Socket socket) {
    try (socket) {
      if (listens) listen(socket);
      script.write(socket.getOutputStream());
      socket.getOutputStream().flush();
    } catch (IOException e) {
      return; // the client has gone
    }
  }

  private void listen(Socket socket) throws IOException {
    var in =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
    for (var line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
      lines.add(line);
    }
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
