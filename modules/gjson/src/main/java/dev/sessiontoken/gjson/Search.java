package dev.sessiontoken.gjson;

import org.jspecify.annotations.Nullable;

/** Searches one text for one path, up to the first pipe; the fields hold the result. */
final class Search {
  final Evaluation evaluation;
  final String json;

  /** The value found; {@link Value#MISSING} if none is. */
  Value value = Value.MISSING;

  /** The path to apply to {@link #value}, after a pipe; null if the path ends. */
  @Nullable String pipe;

  /** Index after what was searched last; negative if a string in the text is not closed. */
  int at;

  Search(Evaluation evaluation, String json) {
    this.evaluation = evaluation;
    this.json = json;
  }

  Budget budget() {
    return evaluation.budget();
  }

  /** Searches the first object or array in the text; characters before it are skipped. */
  void document(String path) {
    for (int i = 0; i < json.length(); i++) {
      if (json.charAt(i) == '{' || json.charAt(i) == '[') {
        block(i, path);
        return;
      }
    }
  }

  /** Searches the object or array at {@code start}; returns whether the search is over. */
  boolean block(int start, String path) {
    budget().enter();
    boolean hit =
        json.charAt(start) == '{'
            ? object(start + 1, ObjectPart.parse(path))
            : new ArraySearch(this, ArrayPart.parse(path)).run(start + 1);
    budget().leave();
    return hit;
  }

  /**
   * Searches the text as lines of JSON, which are the elements of an array (SYNTAX.md, "JSON
   * Lines").
   */
  void lines(String path) {
    new ArraySearch(this, ArrayPart.parse(path)).run(0);
  }

  private boolean object(int start, ObjectPart part) {
    budget().spend(part.key().length());
    if (part.pipe() != null) {
      pipe = part.pipe();
    }
    at = start;
    while (toKey()) {
      int keyStart = at;
      int keyEnd = JsonScanner.stringEnd(json, at);
      if (keyEnd < 0) {
        return false;
      }
      at = JsonScanner.valueStart(json, keyEnd);
      if (at == json.length()) {
        return false;
      }
      if (member(part.matches(key(keyStart, keyEnd), budget()), part.rest())) {
        return true;
      }
      if (at < 0) {
        return false;
      }
    }
    return false;
  }

  /** Moves to the next key; returns false at the end of the object. */
  private boolean toKey() {
    for (; at < json.length(); at++) {
      if (json.charAt(at) == '"') {
        return true;
      }
      if (json.charAt(at) == '}') {
        at++;
        return false;
      }
    }
    return false;
  }

  private String key(int start, int end) {
    var quoted = json.substring(start + 1, end - 1);
    return quoted.indexOf('\\') >= 0 ? GoStrings.unescape(quoted) : quoted;
  }

  /** Takes or skips the value at {@link #at}; returns whether the search is over. */
  private boolean member(boolean matches, @Nullable String rest) {
    char c = json.charAt(at);
    if (matches && rest != null && (c == '{' || c == '[')) {
      return block(at, rest);
    }
    int start = at;
    at = JsonScanner.valueEnd(json, start);
    if (at < 0 || !matches || rest != null) {
      return false;
    }
    value = Value.in(json, start, at);
    return true;
  }
}
