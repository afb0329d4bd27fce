package dev.sessiontoken.gjson;

import java.util.Comparator;

/**
 * Orders strings by their UTF-8 bytes, as Go does. {@code String.compareTo} orders by UTF-16 units,
 * and so puts surrogate pairs before U+E000 to U+FFFF.
 */
enum Utf8Order implements Comparator<String> {
  BYTES;

  @Override
  public int compare(String a, String b) {
    int shorter = Math.min(a.length(), b.length());
    for (int i = 0; i < shorter; i++) {
      if (a.charAt(i) != b.charAt(i)) {
        return rank(a.charAt(i)) - rank(b.charAt(i));
      }
    }
    return a.length() - b.length();
  }

  private static int rank(char c) {
    return Character.isSurrogate(c) ? c + 0x10000 : c;
  }
}
