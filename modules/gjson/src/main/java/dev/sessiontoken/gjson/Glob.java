package dev.sessiontoken.gjson;

/**
 * Matches whole strings against {@code *}, {@code ?} and backslash escapes. Only the last star is
 * ever tried again, so the effort is at most one length times the other.
 */
final class Glob {
  private final String text;
  private final String pattern;
  private final boolean lenientEnd;
  private int at;
  private int patternAt;

  private Glob(String text, String pattern, boolean lenientEnd) {
    this.text = text;
    this.pattern = pattern;
    this.lenientEnd = lenientEnd;
  }

  static boolean matches(String text, String pattern, Allowance allowance) {
    return new Glob(text, pattern, firstStar(pattern) >= 0).run(allowance);
  }

  private static int firstStar(String pattern) {
    for (int i = 0; i < pattern.length(); i++) {
      if (pattern.charAt(i) == '*') {
        return i;
      }
      if (pattern.charAt(i) == '\\') {
        i++;
      }
    }
    return -1;
  }

  private boolean run(Allowance allowance) {
    int star = -1;
    int retry = 0;
    while (at < text.length() || patternAt < pattern.length()) {
      allowance.spend(1);
      if (isStar()) {
        star = patternAt++;
        retry = at;
      } else if (!step()) {
        if (star < 0 || retry >= text.length()) {
          return false;
        }
        retry += Character.charCount(text.codePointAt(retry));
        at = retry;
        patternAt = star + 1;
      }
    }
    return true;
  }

  private boolean isStar() {
    return patternAt < pattern.length() && pattern.charAt(patternAt) == '*';
  }

  /** Takes one character of both, if they agree. */
  private boolean step() {
    if (at >= text.length() || patternAt >= pattern.length()) {
      return false;
    }
    int wanted = pattern.codePointAt(patternAt);
    int found = text.codePointAt(at);
    int width = Character.charCount(wanted);
    if (wanted == '\\') {
      boolean dangling = patternAt + 1 == pattern.length();
      if (dangling && !lenientEnd) {
        return false; // after a star the original reads it as itself
      }
      wanted = dangling ? '\\' : pattern.codePointAt(patternAt + 1);
      width = dangling ? 1 : 1 + Character.charCount(wanted);
    } else if (wanted == '?') {
      wanted = found;
    }
    if (wanted != found) {
      return false;
    }
    at += Character.charCount(found);
    patternAt += width;
    return true;
  }
}
