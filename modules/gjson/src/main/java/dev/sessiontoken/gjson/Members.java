package dev.sessiontoken.gjson;

/**
 * Iterates over the members of an object or the elements of an array. A scalar is iterated over as
 * an array of one element, a missing value as an empty one.
 */
final class Members {
  private final String json;
  private final boolean isObject;
  private final Value whole;
  private boolean pending;
  private int at;
  private Value key = Value.MISSING;
  private Value value = Value.MISSING;

  Members(Value whole) {
    this.whole = whole;
    this.json = whole.raw();
    this.isObject = whole.isObject();
    this.pending = whole.exists();
    this.at = 1;
  }

  /** Returns the current member's key; {@link Value#MISSING} in arrays. */
  Value key() {
    return key;
  }

  Value value() {
    return value;
  }

  /** Moves to the next member; returns false where none is left or the text is cut off. */
  boolean next() {
    if (whole.kind() != Value.Kind.JSON) {
      value = whole;
      boolean first = pending;
      pending = false;
      return first;
    }
    return (!isObject || nextKey()) && nextValue();
  }

  private boolean nextKey() {
    int start = json.indexOf('"', Math.min(at, json.length()));
    int end = start < 0 ? -1 : JsonScanner.stringEnd(json, start);
    if (end < 0) {
      return false;
    }
    key = Value.in(json, start, end);
    at = end;
    return true;
  }

  private boolean nextValue() {
    int start = JsonScanner.valueStart(json, Math.min(at, json.length()));
    int end = start == json.length() ? -1 : JsonScanner.valueEnd(json, start);
    if (end < 0) {
      return false;
    }
    value = Value.in(json, start, end);
    at = end + 1;
    return true;
  }
}
