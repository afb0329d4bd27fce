package dev.sessiontoken.resident;

import dev.sessiontoken.cli.process.Host;
import java.io.InputStream;

/**
 * Standard input that the client has left alone: a command that reads it needs a process of its
 * own.
 */
final class UnsentInput extends InputStream {
  private final Host host;

  UnsentInput(Host host) {
    this.host = host;
  }

  @Override
  public int read() {
    host.requireOwn("read standard input");
    return -1;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) {
    return read();
  }
}
