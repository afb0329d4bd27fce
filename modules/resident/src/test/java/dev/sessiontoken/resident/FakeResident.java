package dev.sessiontoken.resident;

import dev.sessiontoken.cli.resident.Frame;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** A server that reads a request and sends given bytes, whatever they are. */
final class FakeResident implements AutoCloseable {
  private final ServerSocketChannel listener;
  private final BlockingQueue<byte[]> requests = new LinkedBlockingQueue<>();
  private final boolean isOpenAfterwards;

  private FakeResident(Path socket, byte[] answer, boolean isOpenAfterwards) throws IOException {
    this.listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    this.isOpenAfterwards = isOpenAfterwards;
    listener.bind(UnixDomainSocketAddress.of(socket));
    Thread.ofVirtual().start(() -> serve(answer));
  }

  /** A server that closes each connection after the answer. */
  static FakeResident answering(Path socket, byte[] answer) throws IOException {
    return new FakeResident(socket, answer, false);
  }

  /** A server that leaves each connection open after the answer. */
  static FakeResident stuckAfter(Path socket, byte[] answer) throws IOException {
    return new FakeResident(socket, answer, true);
  }

  private void serve(byte[] answer) {
    try {
      while (true) {
        var client = listener.accept();
        Thread.ofVirtual().start(() -> serve(client, answer));
      }
    } catch (IOException e) {
      return; // closed
    }
  }

  private void serve(SocketChannel client, byte[] answer) {
    try {
      var in = new DataInputStream(Channels.newInputStream(client));
      requests.add(Frame.read(in, 1 << 20).encoded());
      var bytes = ByteBuffer.wrap(answer);
      while (bytes.hasRemaining()) client.write(bytes);
      if (!isOpenAfterwards) client.close();
    } catch (IOException e) {
      return; // the client has gone, or has sent no request, as when it reads its input first
    }
  }

  /** Returns the next request that has come, as it was sent. */
  byte[] request() throws InterruptedException {
    return requests.take();
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
