package dev.sessiontoken.gjson;

/** Goes through the members of an object, the elements of an array, or a scalar as its only one. */
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

  Value key() {
    return key;
  }

  Value value() {
    return value;
  }

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
    int end = start < 0 ? -1 : Tokens.stringEnd(json, start);
    if (end < 0) {
      return false;
    }
    key = Value.in(json, start, end);
    at = end;
    return true;
  }

  private boolean nextValue() {
    int start = Tokens.valueStart(json, Math.min(at, json.length()));
    int end = start == json.length() ? -1 : Tokens.valueEnd(json, start);
    if (end < 0) {
      return false;
    }
    value = Value.in(json, start, end);
    at = end + 1;
    return true;
  }
}
