package dev.sessiontoken.gjson;

/**
 * Limits one evaluation: characters read and written, and levels of recursion. Without limits a
 * path such as {@code [@this,@this]|[@this,@this]|…} would double the text with each step, and a
 * document of deeply nested arrays would overflow the stack.
 */
final class Budget {
  private static final long MAX_CHARACTERS = 1L << 24;
  private static final int MAX_LEVELS = 250;

  private long characters = MAX_CHARACTERS;
  private int level;

  /**
   * Counts characters that are read or written.
   *
   * @throws GjsonSyntaxException if the evaluation passes its limit by them
   */
  void spend(long amount) {
    characters -= amount;
    if (characters < 0) {
      throw new GjsonSyntaxException(
          "the path reads or writes too many characters of this document", 1);
    }
  }

  /**
   * Counts one more level of recursion, until {@link #leave}.
   *
   * @throws GjsonSyntaxException if that is one level too many
   */
  void enter() {
    if (++level > MAX_LEVELS) {
      throw new GjsonSyntaxException("path and document are nested too deeply", 1);
    }
  }

  void leave() {
    level--;
  }
}
