package dev.sessiontoken.demo.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Frames of an HTTP/2 answer on stream 1, byte for byte (RFC 9113). Header fields are literals
 * without Huffman code (RFC 7541, 6.2.2), so that any text can be sent as name or value.
 */
public final class Http2Frames {
  private static final int DATA = 0;
  private static final int HEADERS = 1;
  private static final int SETTINGS = 4;
  private static final int GO_AWAY = 7;
  private static final int END_STREAM = 1;
  private static final int END_HEADERS = 4;
  private static final int LARGEST_IN_ONE_BYTE = 127; // of a length with a prefix of seven bits

  private final ByteArrayOutputStream frames = new ByteArrayOutputStream();

  /** Appends a frame. */
  public Http2Frames frame(int type, int flags, int stream, byte[] payload) {
    for (int shift = 16; shift >= 0; shift -= 8) frames.write(payload.length >> shift);
    frames.write(type);
    frames.write(flags);
    for (int shift = 24; shift >= 0; shift -= 8) frames.write(stream >> shift);
    frames.writeBytes(payload);
    return this;
  }

  /** Appends the settings that a connection begins with: none, so all have their defaults. */
  public Http2Frames settings() {
    return frame(SETTINGS, 0, 0, new byte[0]);
  }

  /**
   * Appends the head of the answer.
   *
   * @param fields name, value, name, value…; {@code :status} first
   */
  public Http2Frames head(String... fields) {
    return frame(HEADERS, END_HEADERS, 1, block(fields));
  }

  /** Appends trailers, which end the answer. */
  public Http2Frames trailers(String... fields) {
    return frame(HEADERS, END_HEADERS | END_STREAM, 1, block(fields));
  }

  /** Appends a part of the body. */
  public Http2Frames body(String text, boolean isLast) {
    return frame(DATA, isLast ? END_STREAM : 0, 1, text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Appends the end of the connection, with a text that the client may log. */
  public Http2Frames goAway(String text) {
    var payload = new ByteArrayOutputStream();
    payload.writeBytes(new byte[] {0, 0, 0, 0, 0, 0, 0, 1}); // no stream was served, PROTOCOL_ERROR
    payload.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
    return frame(GO_AWAY, 0, 0, payload.toByteArray());
  }

  private static byte[] block(String... fields) {
    var block = new ByteArrayOutputStream();
    for (int i = 0; i < fields.length; i += 2) {
      block.write(0); // a literal that is not indexed
      string(fields[i], block);
      string(fields[i + 1], block);
    }
    return block.toByteArray();
  }

  private static void string(String text, ByteArrayOutputStream block) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    int rest = bytes.length - LARGEST_IN_ONE_BYTE;
    block.write(Math.min(bytes.length, LARGEST_IN_ONE_BYTE));
    for (; rest > LARGEST_IN_ONE_BYTE; rest >>= 7) block.write((rest & 0x7f) | 0x80);
    if (bytes.length >= LARGEST_IN_ONE_BYTE) block.write(rest);
    block.writeBytes(bytes);
  }

  /** Returns all frames, one char a byte. */
  public String text() {
    return frames.toString(StandardCharsets.ISO_8859_1);
  }
}
