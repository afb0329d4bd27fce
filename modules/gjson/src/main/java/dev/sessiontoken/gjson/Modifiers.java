package dev.sessiontoken.gjson;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * Applies the modifiers of SYNTAX.md, "Modifiers" ({@code @reverse}, {@code @flatten}…), to a JSON
 * text. Each returns a new text; a value of a type that a modifier is not made for comes back
 * unchanged, as in the original.
 *
 * @param evaluation evaluates the path that {@code @dig} takes as its argument
 */
record Modifiers(Evaluation evaluation) {

  /** Says whether the original has a built-in modifier of this name. */
  static boolean exists(String name) {
    return switch (name) {
      case "pretty", "ugly", "reverse", "this", "flatten", "join", "valid" -> true;
      case "keys", "values", "tostr", "fromstr", "group", "dig" -> true;
      default -> false;
    };
  }

  String apply(ModifierCall call, String json) {
    return switch (call.name()) {
      case "pretty" -> PrettyPrinter.print(json, call.argument(), budget());
      case "ugly" -> ugly(json);
      case "reverse" -> reverse(Value.parse(json), json);
      case "flatten" -> flatten(json, flag(call, "deep"));
      case "join" -> join(Value.parse(json), json, flag(call, "preserve"));
      case "valid" -> JsonValidator.isValid(json, budget()) ? json : "";
      case "keys" -> keys(Value.parse(json));
      case "values" -> values(Value.parse(json), json);
      case "tostr" -> GoStrings.quote(json, out()).toString();
      case "fromstr" -> JsonValidator.isValid(json, budget()) ? Value.parse(json).string() : "";
      case "group" -> group(Value.parse(json));
      case "dig" -> dig(Value.parse(json), call.argument());
      default -> json; // "this"
    };
  }

  private Budget budget() {
    return evaluation.budget();
  }

  private Output out() {
    return new Output(budget());
  }

  /** Returns an option of the call's JSON argument; false where the argument lacks it. */
  private static boolean flag(ModifierCall call, String name) {
    boolean flag = false;
    for (var options = new Members(Value.parse(call.argument())); options.next(); ) {
      if (options.key().string().equals(name)) {
        flag = options.value().asFlag();
      }
    }
    return flag;
  }

  private String ugly(String json) {
    var out = out();
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      if (c == '"') {
        int end = JsonScanner.squashEnd(json, i);
        out.append(json, i, end);
        i = end - 1;
      } else if (c > ' ') {
        out.append(c);
      }
    }
    return out.toString();
  }

  private String reverse(Value whole, String json) {
    if (!whole.isArray() && !whole.isObject()) {
      return json;
    }
    var parts = new ArrayList<String>();
    for (var members = new Members(whole); members.next(); ) {
      var value = members.value().raw();
      parts.add(whole.isObject() ? members.key().raw() + ":" + value : value);
    }
    var out = out().append(whole.isObject() ? '{' : '[');
    for (var part : parts.reversed()) {
      out.separate(1).append(part);
    }
    return out.append(whole.isObject() ? '}' : ']').toString();
  }

  private String flatten(String json, boolean deep) {
    var whole = Value.parse(json);
    if (!whole.isArray()) {
      return json;
    }
    budget().enter();
    var out = out().append('[');
    for (var members = new Members(whole); members.next(); ) {
      var raw = flattened(members.value(), deep);
      if (!raw.isEmpty()) {
        out.separate(1).append(raw);
      }
    }
    budget().leave();
    return out.append(']').toString();
  }

  private String flattened(Value value, boolean deep) {
    if (!value.isArray()) {
      return value.raw();
    }
    return unwrap(deep ? flatten(value.raw(), true) : value.raw()).trim();
  }

  /** Returns the members of an array or object: the text without its outer brackets. */
  private static String unwrap(String json) {
    var trimmed = json.trim();
    boolean wrapped = trimmed.startsWith("[") || trimmed.startsWith("{");
    return wrapped && trimmed.length() >= 2 ? trimmed.substring(1, trimmed.length() - 1) : trimmed;
  }

  private String keys(Value whole) {
    var out = out().append('[');
    for (var members = new Members(whole); members.next(); ) {
      out.separate(1).append(whole.isObject() ? members.key().raw() : "null");
    }
    return out.append(']').toString();
  }

  private String values(Value whole, String json) {
    if (whole.isArray()) {
      return json;
    }
    var out = out().append('[');
    for (var members = new Members(whole); members.next(); ) {
      out.separate(1).append(members.value().raw());
    }
    return out.append(']').toString();
  }

  private String join(Value whole, String json, boolean preserve) {
    if (!whole.isArray()) {
      return json;
    }
    return preserve ? concatenate(whole) : merge(whole);
  }

  private String concatenate(Value whole) {
    var out = out().append('{');
    boolean first = true;
    for (var members = new Members(whole); members.next(); ) {
      if (members.value().isObject()) {
        out.append(first ? "" : ",").append(unwrap(members.value().raw()));
        first = false;
      }
    }
    return out.append('}').toString();
  }

  /**
   * Joins objects as the original does: a repeated key keeps its first place and its last value.
   */
  private String merge(Value whole) {
    var rawKeys = new LinkedHashMap<String, String>();
    var values = new LinkedHashMap<String, String>();
    for (var members = new Members(whole); members.next(); ) {
      for (var inner = objectMembers(members.value()); inner.next(); ) {
        rawKeys.putIfAbsent(inner.key().string(), inner.key().raw());
        values.put(inner.key().string(), inner.value().raw());
      }
    }
    var out = out().append('{');
    for (var rawKey : rawKeys.entrySet()) {
      out.separate(1).append(rawKey.getValue()).append(':');
      out.append(values.getOrDefault(rawKey.getKey(), ""));
    }
    return out.append('}').toString();
  }

  private static Members objectMembers(Value value) {
    return new Members(value.isObject() ? value : Value.MISSING);
  }

  private String group(Value whole) {
    if (!whole.isObject()) {
      return "";
    }
    var rows = new ArrayList<Output>();
    for (var members = new Members(whole); members.next(); ) {
      if (members.value().isArray()) {
        distribute(members.key().raw(), members.value(), rows);
      }
    }
    var out = out().append('[');
    for (var row : rows) {
      out.separate(1).append(row.append('}').toString());
    }
    return out.append(']').toString();
  }

  /** Adds {@code key} to one row for each element: the n-th element goes to the n-th row. */
  private void distribute(String key, Value array, List<Output> rows) {
    int index = 0;
    for (var elements = new Members(array); elements.next(); index++) {
      if (index == rows.size()) {
        rows.add(out().append('{'));
      }
      rows.get(index).separate(1).append(key).append(':').append(elements.value().raw());
    }
  }

  private String dig(Value whole, String path) {
    var out = out().append('[');
    dig(whole, path, out);
    return out.append(']').toString();
  }

  /** Collects what the path finds in the value and, depth first, in all values inside it. */
  private void dig(Value parent, String path, Output out) {
    budget().enter();
    var found = evaluation.get(parent.raw(), path);
    if (found.exists()) {
      out.separate(1).append(found.raw());
    }
    if (parent.isArray() || parent.isObject()) {
      for (var members = new Members(parent); members.next(); ) {
        dig(members.value(), path, out);
      }
    }
    budget().leave();
  }
}
