package dev.sessiontoken.gjson;

/** Text being made, each character of it paid for. */
final class Output {
  private final StringBuilder text = new StringBuilder();
  private final Allowance allowance;

  Output(Allowance allowance) {
    this.allowance = allowance;
  }

  Output append(char c) {
    allowance.spend(1);
    text.append(c);
    return this;
  }

  Output append(String more) {
    allowance.spend(more.length());
    text.append(more);
    return this;
  }

  Output append(String source, int from, int to) {
    allowance.spend(to - from);
    text.append(source, from, to);
    return this;
  }

  /** The comma before every part but the first, where {@code opened} is the length without any. */
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

  String from(int start) {
    allowance.spend(text.length() - start);
    return text.substring(start);
  }

  /** How many bytes of UTF-8 the text takes from there on. */
  int bytesFrom(int start) {
    allowance.spend(text.length() - start);
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
