package dev.sessiontoken.runtime.faults;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** DNS server that answers NXDOMAIN, and does not answer for names that contain "silent". */
final class NameServer implements AutoCloseable {
  private static final byte IS_ANSWER = (byte) 0x80;
  private static final byte NO_SUCH_NAME = (byte) 0x83;

  private final DatagramSocket socket;

  NameServer(String address) throws IOException {
    socket = new DatagramSocket(new InetSocketAddress(address, 53));
    Thread.ofVirtual().start(this::serve);
  }

  private void serve() {
    var packet = new DatagramPacket(new byte[512], 512);
    while (!socket.isClosed()) {
      try {
        packet.setLength(512);
        socket.receive(packet);
        answer(packet);
      } catch (IOException _) {
        // the socket was closed, or the client has ended
      }
    }
  }

  /** Sets the flags, which follow the two bytes of the message's id (RFC 1035, section 4.1.1). */
  private void answer(DatagramPacket packet) throws IOException {
    var question = packet.getData();
    var text = new String(question, 0, packet.getLength(), StandardCharsets.ISO_8859_1);
    if (text.contains("silent")) return;
    question[2] |= IS_ANSWER;
    question[3] = NO_SUCH_NAME;
    socket.send(packet);
  }

  @Override
  public void close() {
    socket.close();
  }
}
