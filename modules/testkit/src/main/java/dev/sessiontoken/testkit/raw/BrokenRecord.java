package dev.sessiontoken.testkit.raw;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;

/**
 * What a server's TLS reads: the client's bytes, and after {@link #release} one record that cannot
 * be decrypted, on which TLS sends an alert (RFC 8446, section 6.2: bad_record_mac).
 */
final class BrokenRecord extends InputStream {
  private final Socket socket;
  private final InputStream client;
  private volatile boolean isReleased;
  private final byte[] record = record();
  private int sent;

  BrokenRecord(Socket socket) throws IOException {
    this.socket = socket;
    this.client = socket.getInputStream();
  }

  private static byte[] record() {
    var record = new byte[69];
    record[0] = 23; // application data
    record[1] = 3; // these two: the version on the wire
    record[2] = 3;
    record[4] = 64; // length of what follows
    return record;
  }

  void release() {
    isReleased = true;
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (!isReleased) return client.read(buffer, offset, length);
    int count = Math.min(length, record.length - sent);
    if (count == 0) throw new SocketTimeoutException("the record has been read by " + socket);
    System.arraycopy(record, sent, buffer, offset, count);
    sent += count;
    return count;
  }
}
