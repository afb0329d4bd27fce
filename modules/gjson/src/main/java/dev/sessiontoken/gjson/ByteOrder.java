package dev.sessiontoken.gjson;

import java.util.Comparator;

/** Orders strings as Go does; Java's own order differs where there are surrogate pairs. */
enum ByteOrder implements Comparator<String> {
  UTF_8;

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
