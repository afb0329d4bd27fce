package dev.sessiontoken.resident;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Frames as bytes, which the tests of both sides read from the same files. */
final class Golden {
  static final byte[] REQUEST = read("request.hex");
  static final byte[] ANSWER = read("answer.hex");

  private Golden() {}

  private static byte[] read(String name) {
    try (var file = Golden.class.getResourceAsStream("/frames/" + name)) {
      String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
      return HexFormat.of().parseHex(text.replaceAll("#.*|\\s", ""));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
