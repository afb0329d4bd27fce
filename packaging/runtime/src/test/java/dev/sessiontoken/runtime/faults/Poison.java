package dev.sessiontoken.runtime.faults;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;

/** What a client sends, until it is released: then a TLS record that nobody can decipher. */
final class Poison extends InputStream {
  private static final byte[] RECORD = new byte[69];

  static {
    RECORD[0] = 23; // application data
    RECORD[1] = 3;
    RECORD[2] = 3;
    RECORD[4] = 64; // its length
  }

  private final Socket socket;
  private final InputStream client;
  private volatile boolean isReleased;
  private int sent;

  Poison(Socket socket) throws IOException {
    this.socket = socket;
    this.client = socket.getInputStream();
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
    int count = Math.min(length, RECORD.length - sent);
    if (count == 0) throw new SocketTimeoutException("no more poison from " + socket);
    System.arraycopy(RECORD, sent, buffer, offset, count);
    sent += count;
    return count;
  }
}
