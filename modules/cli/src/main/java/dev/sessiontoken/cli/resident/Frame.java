package dev.sessiontoken.cli.resident;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A part of a request or an answer: a kind of one byte, a length of four bytes, most significant
 * first, and as many bytes.
 *
 * <p>A request is one frame whose kind is {@link #VERSION}; its bytes are frames of the kinds
 * {@link #IMAGE} to {@link #QUESTION}. An answer is the byte {@link #VERSION}, followed by frames
 * of the kinds {@link #BEAT} to {@link #COLD}: the first at once, a {@link #BEAT} each second while
 * the command runs, {@link #EXIT} or {@link #COLD} as the last. {@code
 * packaging/client/coder-warm.c} has the same numbers. Immutable.
 */
public final class Frame {
  /** Version of the protocol. A server of another version says {@link #COLD}. */
  public static final char VERSION = 1;

  /** Id of the client's image. */
  public static final char IMAGE = 'I';

  /** Path by which the program was called. */
  public static final char LAUNCHER = 'L';

  /** A digit, the sum of 1 if standard output is a terminal, and 2 if standard error is one. */
  public static final char TERMINAL = 'T';

  /** An argument of the program; one frame for each. */
  public static final char ARGUMENT = 'A';

  /** An environment variable, {@code NAME=VALUE}; one frame for each. */
  public static final char VARIABLE = 'V';

  /** Standard input, for commands that read it. */
  public static final char INPUT = 'S';

  /** Instead of all the others: {@code status} or {@code stop}. */
  public static final char QUESTION = 'Q';

  /** The command runs. */
  public static final char BEAT = 'B';

  /** All that the command wrote to standard output. */
  public static final char OUT = 'O';

  /** All that the command wrote to standard error. */
  public static final char ERR = 'E';

  /** The exit status, in one byte. */
  public static final char EXIT = 'X';

  /** The command is not for the server: the client runs it in a process of its own. */
  public static final char COLD = 'N';

  private static final int HEAD = 5;

  private final char kind;
  private final byte[] bytes;

  /**
   * Creates a frame.
   *
   * @param kind what the bytes are
   * @param bytes not copied: the caller does not change them
   */
  public Frame(char kind, byte[] bytes) {
    this.kind = kind;
    this.bytes = bytes;
  }

  /** Returns a frame without content. */
  public static Frame of(char kind) {
    return new Frame(kind, new byte[0]);
  }

  /** Returns a frame that holds a text. */
  public static Frame of(char kind, String text) {
    return new Frame(kind, text.getBytes(StandardCharsets.UTF_8));
  }

  public char kind() {
    return kind;
  }

  /** Returns the bytes, which the caller does not change. */
  public byte[] bytes() {
    return bytes;
  }

  /** Returns the bytes as text; bytes that are no UTF-8 become U+FFFD. */
  public String text() {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** Returns the frame as it is sent. */
  public byte[] encoded() {
    return ByteBuffer.allocate(HEAD + bytes.length)
        .put((byte) kind)
        .putInt(bytes.length)
        .put(bytes)
        .array();
  }

  /** Returns a request that is made of frames, as it is sent. */
  public static byte[] request(List<Frame> parts) {
    var all = new ByteArrayOutputStream();
    for (var part : parts) all.writeBytes(part.encoded());
    return new Frame(VERSION, all.toByteArray()).encoded();
  }

  /**
   * Reads one frame. Blocks.
   *
   * @param maxBytes longest content that is accepted
   * @throws EOFException if the stream ends before the frame does
   * @throws IOException if the frame is longer, or the stream cannot be read
   */
  public static Frame read(DataInputStream in, int maxBytes) throws IOException {
    char kind = (char) in.readUnsignedByte();
    int length = in.readInt();
    if (length < 0 || length > maxBytes) throw new IOException("a frame is too long");
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) throw new EOFException("a frame is cut short");
    return new Frame(kind, bytes);
  }

  /**
   * Returns the frames that another frame holds.
   *
   * @throws IOException if the last one is cut short
   */
  public List<Frame> parts() throws IOException {
    var parts = new ArrayList<Frame>();
    var content = ByteBuffer.wrap(bytes);
    while (content.hasRemaining()) {
      if (content.remaining() < HEAD) throw new EOFException("a frame is cut short");
      char part = (char) (content.get() & 0xff);
      int length = content.getInt();
      if (length < 0 || length > content.remaining())
        throw new EOFException("a frame is cut short");
      byte[] own = new byte[length];
      content.get(own);
      parts.add(new Frame(part, own));
    }
    return parts;
  }

  /** Sends the frame. */
  public void write(OutputStream out) throws IOException {
    out.write(encoded());
  }

  /** Leaves the bytes out, which may be a secret. */
  @Override
  public String toString() {
    return "Frame[" + kind + ", " + bytes.length + " bytes]";
  }
}
