package dev.sessiontoken.runtime.attack;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A secret that must not be seen, in no form and not in part.
 *
 * @param name of the kind of secret, for reports
 * @param value at least 18 characters
 * @param part number of characters in a row of which none may be seen
 */
record Canary(String name, String value, int part) {
  /** Parts of a document: shorter ones are words that messages hold, too. */
  static final int OF_TEXT = 24;

  private static final int OF_TOKEN = 8;

  /** A secret of one word, of which eight characters say too much. */
  Canary(String name, String value) {
    this(name, value, OF_TOKEN);
  }

  /** Forms in which servers send a value back, by name. */
  Map<String, String> forms() {
    var forms = new LinkedHashMap<String, String>();
    forms.put("as it is", value);
    forms.put("upper case", value.toUpperCase(Locale.ROOT));
    forms.put("between letters", "xx" + value + "yy");
    if (part == OF_TOKEN) { // a document that is escaped letter by letter fits no message
      forms.put("percent-encoded", escaped("%%%02X"));
      forms.put("JSON escapes", escaped("\\u%04x"));
    }
    forms.put("JSON string", value.replace("\"", "\\\"").replace("\n", "\\n"));
    forms.put("base64", base64("", value));
    forms.put("base64 behind one byte", base64("u", value));
    forms.put("base64 behind two bytes", base64("u:", value));
    forms.put("base64url", base64("", value).replace('+', '-').replace('/', '_'));
    for (int length : List.of(9, 12, 16, 18)) {
      forms.put("cut at " + length, value.substring(0, length));
    }
    forms.put("the end alone", value.substring(value.length() - 11));
    forms.values().removeIf(form -> form.contains("\n"));
    return forms;
  }

  private String escaped(String format) {
    return value
        .chars()
        .mapToObj(c -> String.format(Locale.ROOT, format, c))
        .collect(Collectors.joining());
  }

  private static String base64(String before, String text) {
    return Base64.getEncoder()
        .encodeToString((before + text).getBytes(StandardCharsets.UTF_8))
        .replace("=", "");
  }

  /** The part of the secret that a text shows; empty if it shows none. */
  Optional<String> seenIn(String text) {
    String seen = text.toLowerCase(Locale.ROOT);
    String decoded = unescaped(seen, "\\u", 4);
    decoded = unescaped(decoded, "%", 2);
    for (String part : parts()) {
      if (seen.contains(part) || decoded.contains(part)) return Optional.of(part);
    }
    return Optional.empty();
  }

  private List<String> parts() {
    var parts = new ArrayList<>(parts(value, part));
    for (String before : List.of("", "u", "u:")) {
      String encoded = base64(before, value).substring(before.length() * 2);
      parts.addAll(parts(encoded, part * 3 / 2));
      parts.addAll(parts(encoded.replace('+', '-').replace('/', '_'), part * 3 / 2));
    }
    return parts;
  }

  private static List<String> parts(String text, int length) {
    var parts = new ArrayList<String>();
    String lower = text.toLowerCase(Locale.ROOT);
    for (int i = 0; i + length <= lower.length(); i++) parts.add(lower.substring(i, i + length));
    return parts;
  }

  /** Replaces each escape, which is a mark and so many hexadecimal digits, by its character. */
  private static String unescaped(String text, String mark, int digits) {
    var plain = new StringBuilder();
    int i = 0;
    while (i < text.length()) {
      int end = i + mark.length() + digits;
      boolean isEscape =
          text.startsWith(mark, i)
              && end <= text.length()
              && text.substring(i + mark.length(), end).matches("[0-9a-f]+");
      plain.append(
          isEscape
              ? (char) Integer.parseInt(text.substring(i + mark.length(), end), 16)
              : text.charAt(i));
      i = isEscape ? end : i + 1;
    }
    return plain.toString();
  }
}
