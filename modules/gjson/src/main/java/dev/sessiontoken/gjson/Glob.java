package dev.sessiontoken.gjson;

/**
 * Matches a string as a whole against a pattern with {@code *}, {@code ?} and backslash escapes. On
 * a mismatch only the last star takes one more character, so the time is at most proportional to
 * the length of the string times that of the pattern.
 */
final class Glob {
  private final String text;
  private final String pattern;
  private final boolean backslashMayEnd;
  private int at;
  private int patternAt;

  private Glob(String text, String pattern, boolean backslashMayEnd) {
    this.text = text;
    this.pattern = pattern;
    this.backslashMayEnd = backslashMayEnd;
  }

  static boolean matches(String text, String pattern, Budget budget) {
    return new Glob(text, pattern, firstStar(pattern) >= 0).run(budget);
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

  private boolean run(Budget budget) {
    int star = -1;
    int retry = 0;
    while (at < text.length() || patternAt < pattern.length()) {
      budget.spend(1);
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

  /** Moves past one character of text and pattern if they match; else returns false. */
  private boolean step() {
    if (at >= text.length() || patternAt >= pattern.length()) {
      return false;
    }
    int wanted = pattern.codePointAt(patternAt);
    int found = text.codePointAt(at);
    int width = Character.charCount(wanted);
    if (wanted == '\\') {
      boolean dangling = patternAt + 1 == pattern.length();
      if (dangling && !backslashMayEnd) {
        return false; // in a pattern with a star, the original reads it as a backslash
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
