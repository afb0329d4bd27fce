package dev.sessiontoken.http.tls;

import java.util.Arrays;

/** A way through the elements of a DER structure that looks at tags and lengths only. */
interface Der {
  int SEQUENCE = 0x30;
  int OCTET_STRING = 0x04;

  /**
   * One byte, 0 to 255.
   *
   * @throws IllegalArgumentException if there is none
   */
  int byteAt(int index);

  /** Where the content of the element begins. */
  default int content(int element) {
    int first = byteAt(element + 1);
    return element + 2 + (first < 0x80 ? 0 : first & 0x7f);
  }

  /** As {@link #content(int)}, for an element that must be a sequence. */
  default int sequence(int element) {
    if (byteAt(element) != SEQUENCE) throw new IllegalArgumentException("no sequence");
    return content(element);
  }

  /** Where the element after this one begins. */
  default int next(int element) {
    int content = content(element);
    int size = content - element - 2;
    if (size == 0) return content + byteAt(element + 1);
    if (size > 3) throw new IllegalArgumentException("absurd length");
    int length = 0;
    for (int i = element + 2; i < content; i++) length = length << 8 | byteAt(i);
    return content + length;
  }

  /** Over bytes at hand. */
  static Der of(byte[] bytes) {
    return index -> {
      if (index >= bytes.length) throw new IllegalArgumentException("cut short");
      return bytes[index] & 0xff;
    };
  }

  /** The element with this tag that holds these others. */
  static byte[] element(int tag, byte[]... parts) {
    int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
    var element = new byte[4 + length];
    element[0] = (byte) tag;
    element[1] = (byte) 0x82; // always two bytes of length: what reads this is not strict
    element[2] = (byte) (length >> 8);
    element[3] = (byte) length;
    int at = 4;
    for (var part : parts) {
      System.arraycopy(part, 0, element, at, part.length);
      at += part.length;
    }
    return element;
  }
}
