package dev.sessiontoken.http.tls;

import java.util.Arrays;

/** Steps through the elements of a DER structure (X.690): reads tags and lengths only. */
interface Der {
  int SEQUENCE = 0x30;
  int OCTET_STRING = 0x04;

  /**
   * Returns one byte, 0 to 255.
   *
   * @throws IllegalArgumentException if the index is out of range
   */
  int byteAt(int index);

  /** Returns where the content of an element begins. */
  default int content(int element) {
    int first = byteAt(element + 1);
    return element + 2 + (first < 0x80 ? 0 : first & 0x7f);
  }

  /** As {@link #content(int)}; throws IllegalArgumentException if it is not a sequence. */
  default int sequence(int element) {
    if (byteAt(element) != SEQUENCE) throw new IllegalArgumentException("no sequence");
    return content(element);
  }

  /** Returns where the element after this one begins. */
  default int next(int element) {
    int content = content(element);
    int size = content - element - 2;
    if (size == 0) return content + byteAt(element + 1);
    if (size > 3) throw new IllegalArgumentException("absurd length");
    int length = 0;
    for (int i = element + 2; i < content; i++) length = length << 8 | byteAt(i);
    return content + length;
  }

  /** Returns a view of an array. */
  static Der of(byte[] bytes) {
    return index -> {
      if (index >= bytes.length) throw new IllegalArgumentException("cut short");
      return bytes[index] & 0xff;
    };
  }

  /** Returns an element with a tag and the given parts as its content. */
  static byte[] element(int tag, byte[]... parts) {
    int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
    var element = new byte[4 + length];
    element[0] = (byte) tag;
    element[1] =
        (byte) 0x82; // two bytes of length follow, which the JDK accepts for short content as well
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
