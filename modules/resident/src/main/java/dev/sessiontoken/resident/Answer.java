package dev.sessiontoken.resident;

import dev.sessiontoken.cli.resident.Frame;
import java.io.IOException;
import java.io.OutputStream;

/** What a client gets. */
sealed interface Answer {

  /** Sends the frames, the last one included. */
  void write(OutputStream out) throws IOException;

  /** The client runs the command by itself. */
  record Cold() implements Answer {
    @Override
    public void write(OutputStream out) throws IOException {
      Frame.of(Frame.COLD).write(out);
    }
  }

  /**
   * How the command ended.
   *
   * @param status exit status
   * @param out for standard output
   * @param err for standard error
   */
  record Ended(int status, Frame out, Frame err) implements Answer {
    @Override
    public void write(OutputStream stream) throws IOException {
      if (out.bytes().length > 0) out.write(stream);
      if (err.bytes().length > 0) err.write(stream);
      new Frame(Frame.EXIT, new byte[] {(byte) status}).write(stream);
    }

    /** Leaves out what may be a secret. */
    @Override
    public String toString() {
      return "Ended[" + status + "]";
    }
  }
}
