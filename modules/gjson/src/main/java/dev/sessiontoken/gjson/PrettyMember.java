package dev.sessiontoken.gjson;

import java.util.List;

/**
 * A member of an object that {@link PrettyPrinter} has printed, kept for sorting.
 *
 * @param key the key, quotes included
 * @param line the printed text: indent, key, colon and value
 */
record PrettyMember(String key, String line) implements Comparable<PrettyMember> {

  /** Sorts by key the members at the end of the output: cuts them off and appends them in order. */
  static void sort(List<PrettyMember> members, Output out) {
    if (members.isEmpty()) {
      return;
    }
    int length = members.size() * 2 - 2; // a comma and a line break between two members
    for (var member : members) {
      length += member.line().length();
    }
    out.truncate(out.length() - length);
    var separator = "";
    members.sort(null);
    for (var member : members) {
      out.append(separator).append(member.line());
      separator = ",\n";
    }
  }

  @Override
  public int compareTo(PrettyMember other) {
    int order = compare(Value.parse(key), Value.parse(other.key));
    return order != 0 ? order : compare(value(), other.value());
  }

  private Value value() {
    return Value.parse(line.strip().substring(key.length() + 1));
  }

  private static int compare(Value a, Value b) {
    if (a.kind() != b.kind()) {
      return a.kind().compareTo(b.kind());
    }
    return switch (a.kind()) {
      case STRING -> Utf8Order.BYTES.compare(a.text(), b.text());
      case NUMBER -> a.number() < b.number() ? -1 : a.number() > b.number() ? 1 : 0;
      default -> Utf8Order.BYTES.compare(a.raw(), b.raw());
    };
  }
}
