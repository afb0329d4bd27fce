package dev.sessiontoken.http.tls;

import dev.sessiontoken.spi.Printable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Finds PEM blocks (RFC 7468) in a file: between {@code -----BEGIN} and {@code -----END} lines.
 * Text around the blocks is ignored.
 */
final class Pem {
  private static final int LIMIT = 16 << 20; // larger files are devices or mistakes

  private Pem() {}

  /** One block: its label, and the place of its text in the file. */
  static final class Block {
    private final String label;
    private final byte[] file;
    private final int from;
    private final int to;

    private Block(String label, byte[] file, int from, int to) {
      this.label = label;
      this.file = file;
      this.from = from;
      this.to = to;
    }

    String label() {
      return label;
    }

    /** Returns the whole file; not to be changed. */
    byte[] file() {
      return file;
    }

    int from() {
      return from;
    }

    int to() {
      return to;
    }

    /** Returns the text, including the headers of encrypted PKCS #1 keys. */
    String text() {
      return new String(file, from, to - from, StandardCharsets.ISO_8859_1);
    }

    /**
     * Returns the bytes that the text encodes.
     *
     * @throws IllegalArgumentException if the text is not base64
     */
    byte[] bytes() {
      return Base64.getDecoder().decode(withoutBlanks(file, from, to));
    }

    /** Leaves the text out: it may be a key. */
    @Override
    public String toString() {
      return "Block[" + label + "]";
    }
  }

  /**
   * Returns the content of a file or pipe.
   *
   * @throws IOException if the file cannot be read or is larger than 16 MiB
   */
  static byte[] content(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      var content = in.readNBytes(LIMIT + 1);
      if (content.length > LIMIT) throw new IOException("larger than 16 MiB");
      return content;
    }
  }

  /**
   * Returns the blocks in their order.
   *
   * @param broken receives a phrase for each block without an end
   */
  static List<Block> blocks(byte[] file, Consumer<String> broken) {
    var blocks = new ArrayList<Block>();
    int at = dashes(file, 0);
    while (at >= 0) {
      int label = at + "-----BEGIN ".length();
      int labelEnd = begins(file, at, "-----BEGIN ") ? labelEnd(file, label) : -1;
      if (labelEnd < 0) {
        at = dashes(file, at + 5);
        continue;
      }
      int body = labelEnd + 5;
      int end = dashes(file, body);
      if (end >= 0 && begins(file, end, "-----END ")) {
        var name = new String(file, label, labelEnd - label, StandardCharsets.ISO_8859_1);
        blocks.add(new Block(name, file, body, end));
      } else {
        broken.accept("a block that begins at byte " + at + " has no end");
      }
      at = end;
    }
    return blocks;
  }

  /** Returns what a message about a file without the wanted block adds: the labels it has. */
  static String found(List<Block> blocks) {
    var labels = blocks.stream().map(block -> Printable.of(block.label(), 40)).distinct();
    String list = labels.limit(3).collect(Collectors.joining(", "));
    return list.isEmpty() ? "" : ", only " + list;
  }

  static byte[] withoutBlanks(byte[] text, int from, int to) {
    var kept = new byte[to - from];
    int length = 0;
    for (int i = from; i < to; i++) if (!isBlank(text[i])) kept[length++] = text[i];
    return length == kept.length ? kept : Arrays.copyOf(kept, length);
  }

  static boolean isBlank(byte b) {
    return b == '\n' || b == '\r' || b == ' ' || b == '\t';
  }

  /** Returns where the dashes after a label begin, or -1 if there are none in its line. */
  private static int labelEnd(byte[] file, int label) {
    for (int i = label; i < file.length && file[i] >= ' '; i++) {
      if (file[i] == '-' && begins(file, i, "-----")) return i;
    }
    return -1;
  }

  /**
   * Returns where the next five dashes are, or -1. Looks at every fifth byte, as base64 has no
   * dashes: the interpreter takes milliseconds to look at all bytes of a bundle.
   */
  private static int dashes(byte[] file, int from) {
    for (int i = from + 4; i < file.length; i += 5) {
      if (file[i] != '-') continue;
      int start = i;
      while (start > from && file[start - 1] == '-') start--;
      if (begins(file, start, "-----")) return start;
    }
    return -1;
  }

  private static boolean begins(byte[] file, int at, String with) {
    if (at + with.length() > file.length) return false;
    for (int i = 0; i < with.length(); i++) if (file[at + i] != with.charAt(i)) return false;
    return true;
  }
}
