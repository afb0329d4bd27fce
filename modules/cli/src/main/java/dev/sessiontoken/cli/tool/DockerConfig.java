package dev.sessiontoken.cli.tool;

import dev.sessiontoken.http.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The text of docker's {@code config.json}. A change touches the bytes of one member; all others
 * stay as they are.
 *
 * @param text a JSON object
 */
record DockerConfig(String text) {
  private static final String HELPERS = "credHelpers";
  static final String OWN = "coder";

  /** A member of an object, by the places of its parts in the text. */
  private record Member(String key, int start, int value, int end) {}

  /**
   * Checks the text.
   *
   * @throws IllegalArgumentException if it is no JSON object, or its {@code credHelpers} are none;
   *     the message says so without quoting the text, which may hold passwords
   */
  DockerConfig {
    try (var reader = Json.provider().createReader(new StringReader(text))) {
      var json = reader.readObject();
      if (json.containsKey(HELPERS) && !(json.get(HELPERS) instanceof JsonObject)) {
        throw new IllegalArgumentException("credHelpers is no object");
      }
    } catch (JsonException | IllegalStateException | ClassCastException e) {
      throw new IllegalArgumentException("it is no JSON object", e);
    }
  }

  /** Returns the credential helper of a server; empty if none is named. */
  Optional<String> helper(String server) {
    try (var reader = Json.provider().createReader(new StringReader(text))) {
      var helpers = reader.readObject().getJsonObject(HELPERS);
      return helpers != null && helpers.get(server) instanceof JsonString name
          ? Optional.of(name.getString())
          : Optional.empty();
    }
  }

  /** Returns the text with this program as the helper of a server that has none. */
  String with(String server) {
    String member = Json.provider().createValue(server) + ": \"" + OWN + "\"";
    var helpers = find(members(open()), HELPERS);
    if (helpers.isPresent()) {
      int inside = helpers.get().value() + 1;
      String end = members(helpers.get().value()).isEmpty() ? "\n\t" : ",";
      return inserted(inside, "\n\t\t" + member + end);
    }
    String end = members(open()).isEmpty() ? "\n" : ",";
    return inserted(open() + 1, "\n\t\"" + HELPERS + "\": {\n\t\t" + member + "\n\t}" + end);
  }

  /** Returns the text without the helper of a server, and without {@code credHelpers} if empty. */
  String without(String server) {
    var helpers = find(members(open()), HELPERS);
    if (helpers.isEmpty()) return text;
    var rest = new DockerConfig(removed(helpers.get().value(), server));
    int open = rest.find(rest.members(rest.open()), HELPERS).orElseThrow().value();
    return rest.members(open).isEmpty() ? rest.removed(rest.open(), HELPERS) : rest.text();
  }

  private String removed(int open, String key) {
    var members = members(open);
    var found = find(members, key);
    if (found.isEmpty()) return text;
    int index = members.indexOf(found.get());
    boolean isLast = index == members.size() - 1;
    int start = index == 0 ? open + 1 : members.get(index - 1).end();
    int end = found.get().end();
    if (index == 0) end = isLast ? afterBlanks(end) : text.indexOf(',', end) + 1;
    return text.substring(0, start) + text.substring(end);
  }

  private String inserted(int index, String more) {
    return text.substring(0, index) + more + text.substring(index);
  }

  private int open() {
    return text.indexOf('{');
  }

  private Optional<Member> find(List<Member> members, String key) {
    for (var each : members) if (each.key().equals(key)) return Optional.of(each);
    return Optional.empty();
  }

  /** Returns the members of the object that begins at an index. The text is valid JSON. */
  private List<Member> members(int open) {
    var members = new ArrayList<Member>();
    int at = afterBlanks(open + 1);
    while (text.charAt(at) == '"') {
      int keyEnd = endOfString(at);
      int value = afterBlanks(afterBlanks(keyEnd) + 1);
      int end = endOfValue(value);
      members.add(new Member(string(at, keyEnd), at, value, end));
      at = afterBlanks(end);
      if (text.charAt(at) == ',') at = afterBlanks(at + 1);
    }
    return members;
  }

  private String string(int start, int end) {
    try (var reader = Json.provider().createReader(new StringReader(text.substring(start, end)))) {
      return ((JsonString) reader.readValue()).getString();
    }
  }

  private int afterBlanks(int at) {
    int end = at;
    while (" \t\r\n".indexOf(text.charAt(end)) >= 0) end++;
    return end;
  }

  private int endOfString(int start) {
    int end = start + 1;
    while (text.charAt(end) != '"') end += text.charAt(end) == '\\' ? 2 : 1;
    return end + 1;
  }

  private int endOfValue(int start) {
    int depth = 0;
    for (int at = start; ; at++) {
      char c = text.charAt(at);
      if (c == '"') at = endOfString(at) - 1;
      else if (c == '{' || c == '[') depth++;
      else if (depth > 0 && (c == '}' || c == ']')) depth--;
      else if (depth == 0 && ",}] \t\r\n".indexOf(c) >= 0) return at;
    }
  }
}
