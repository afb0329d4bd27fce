package dev.sessiontoken.gjson;

import org.jspecify.annotations.Nullable;

/** One pass over a text for one path: what was found, and what a pipe asks of it then. */
final class Search {
  final Evaluation evaluation;
  final String json;
  Value value = Value.MISSING;
  @Nullable String pipe;

  /** Where the last object or array that was searched has been left. */
  int at;

  Search(Evaluation evaluation, String json) {
    this.evaluation = evaluation;
    this.json = json;
  }

  Allowance allowance() {
    return evaluation.allowance();
  }

  /** Searches the first object or array in the text, wherever that begins. */
  void document(String path) {
    for (int i = 0; i < json.length(); i++) {
      if (json.charAt(i) == '{' || json.charAt(i) == '[') {
        block(i, path);
        return;
      }
    }
  }

  /** Searches the object or array that begins there; whether the value was found. */
  boolean block(int start, String path) {
    allowance().enter();
    boolean hit =
        json.charAt(start) == '{'
            ? object(start + 1, ObjectPart.parse(path))
            : new ArraySearch(this, ArrayPart.parse(path)).run(start + 1);
    allowance().leave();
    return hit;
  }

  void lines(String path) {
    new ArraySearch(this, ArrayPart.parse(path)).run(0);
  }

  private boolean object(int start, ObjectPart part) {
    allowance().spend(part.key().length());
    if (part.pipe() != null) {
      pipe = part.pipe();
    }
    at = start;
    while (toKey()) {
      int keyStart = at;
      int keyEnd = Tokens.stringEnd(json, at);
      if (keyEnd < 0) {
        return false;
      }
      at = Tokens.valueStart(json, keyEnd);
      if (at == json.length()) {
        return false;
      }
      if (member(part.matches(key(keyStart, keyEnd), allowance()), part.rest())) {
        return true;
      }
      if (at < 0) {
        return false;
      }
    }
    return false;
  }

  /** Moves to the next key; false at the end of the object. */
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
    return quoted.indexOf('\\') >= 0 ? Escapes.unescape(quoted) : quoted;
  }

  /** Takes or passes over the value at {@code at}. */
  private boolean member(boolean matches, @Nullable String rest) {
    char c = json.charAt(at);
    if (matches && rest != null && (c == '{' || c == '[')) {
      return block(at, rest);
    }
    int start = at;
    at = Tokens.valueEnd(json, start);
    if (at < 0 || !matches || rest != null) {
      return false;
    }
    value = Value.in(json, start, at);
    return true;
  }
}
