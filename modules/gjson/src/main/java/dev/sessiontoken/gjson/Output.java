package dev.sessiontoken.gjson;

/** A {@code StringBuilder} that counts each character against the {@link Budget}. */
final class Output {
  private final StringBuilder text = new StringBuilder();
  private final Budget budget;

  Output(Budget budget) {
    this.budget = budget;
  }

  Output append(char c) {
    budget.spend(1);
    text.append(c);
    return this;
  }

  Output append(String more) {
    budget.spend(more.length());
    text.append(more);
    return this;
  }

  Output append(String source, int from, int to) {
    budget.spend(to - from);
    text.append(source, from, to);
    return this;
  }

  /**
   * Appends a comma unless nothing follows the opening bracket, after which the length is {@code
   * opened}.
   */
  Output separate(int opened) {
    return length() > opened ? append(',') : this;
  }

  int length() {
    return text.length();
  }

  char last() {
    return text.charAt(text.length() - 1);
  }

  void replaceLast(char c) {
    text.setCharAt(text.length() - 1, c);
  }

  void truncate(int length) {
    text.setLength(length);
  }

  /** Returns the text from {@code start} on. */
  String from(int start) {
    budget.spend(text.length() - start);
    return text.substring(start);
  }

  /** Returns the length of the text from {@code start} on, in bytes of UTF-8. */
  int bytesFrom(int start) {
    budget.spend(text.length() - start);
    int bytes = 0;
    for (int i = start; i < text.length(); i++) {
      char c = text.charAt(i);
      bytes += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
    }
    return bytes;
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
