package dev.sessiontoken.gjson;

/** What one evaluation may still spend: characters read or written, and levels of recursion. */
final class Allowance {
  private static final long CHARACTERS = 1L << 24;
  private static final int LEVELS = 250;

  private long characters = CHARACTERS;
  private int level;

  void spend(long amount) {
    characters -= amount;
    if (characters < 0) {
      throw new GjsonSyntaxException("the path makes too much work of this document", 1);
    }
  }

  void enter() {
    if (++level > LEVELS) {
      throw new GjsonSyntaxException("path and document go too deep", 1);
    }
  }

  void leave() {
    level--;
  }
}
