package dev.sessiontoken.gjson;

import java.util.List;

/**
 * A member of an object as it has been printed.
 *
 * @param key the key, quotes included
 * @param line all of it, from the indent on
 */
record PrettyMember(String key, String line) implements Comparable<PrettyMember> {

  /** Puts the members into the order of their keys at the end of the output, where they stand. */
  static void sort(List<PrettyMember> members, Output out) {
    if (members.isEmpty()) {
      return;
    }
    int length = members.size() * 2 - 2; // the commas and line breaks
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
      case STRING -> ByteOrder.UTF_8.compare(a.text(), b.text());
      case NUMBER -> a.number() < b.number() ? -1 : a.number() > b.number() ? 1 : 0;
      default -> ByteOrder.UTF_8.compare(a.raw(), b.raw());
    };
  }
}
