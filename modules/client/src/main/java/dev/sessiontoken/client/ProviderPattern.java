package dev.sessiontoken.client;

import dev.sessiontoken.http.Answer;
import dev.sessiontoken.spi.SessionTokenException.BadAnswer;
import dev.sessiontoken.spi.SessionTokenException.Rejected;
import jakarta.json.JsonString;
import java.util.ArrayList;
import java.util.List;

/**
 * An external-auth provider with its URL pattern, as a deployment names it to an agent.
 *
 * @param id as {@link ExternalAuthQuery#id} takes it
 * @param pattern regular expression of Go that is found in the URLs that the provider serves
 */
public record ProviderPattern(String id, String pattern) {

  /** No URL, so that only a pattern that matches everything matches it. */
  static final String MATCHES_NONE = "-";

  private static final String PREFIX = "Provider url regex: ";

  /** From the detail of a 404: text of coderd/externalauth, {@code <id>=<quoted pattern>,…}. */
  static List<ProviderPattern> read(Answer answer) throws BadAnswer, Rejected {
    if (answer.status() != 404) throw notListed(answer);
    String detail = answer.json().get("detail") instanceof JsonString text ? text.getString() : "";
    if (detail.startsWith("External auth provider not found.")) return List.of();
    int start = detail.indexOf(PREFIX);
    if (start < 0) throw notListed(answer);
    return list(detail.substring(start + PREFIX.length()));
  }

  /** As {@link #read}, but empty if the answer names no provider in that form. */
  static List<ProviderPattern> named(Answer answer) {
    try {
      return read(answer);
    } catch (BadAnswer | Rejected e) {
      return List.of();
    }
  }

  /** By hand: a regular expression would backtrack over a long pattern until its stack is full. */
  private static List<ProviderPattern> list(String text) {
    var found = new ArrayList<ProviderPattern>();
    int at = 0;
    while (true) {
      int sign = text.indexOf("=\"", at);
      int end = sign < 0 ? -1 : endOfQuoted(text, sign + 2);
      if (end < 0) return found;
      found.add(
          new ProviderPattern(text.substring(at, sign), unquoted(text.substring(sign + 2, end))));
      boolean isLast = end + 1 >= text.length() || text.charAt(end + 1) != ',';
      if (isLast) return found;
      at = end + 2;
    }
  }

  /** Returns the index of the closing quotation mark, or -1. */
  private static int endOfQuoted(String text, int start) {
    for (int i = start; i < text.length(); i++) {
      if (text.charAt(i) == '"') return i;
      if (text.charAt(i) == '\\') i++;
    }
    return -1;
  }

  /** Go quotes patterns as Java does: the character behind a backslash stands for itself. */
  private static String unquoted(String text) {
    var plain = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      boolean isEscape = text.charAt(i) == '\\' && i + 1 < text.length();
      plain.append(text.charAt(isEscape ? ++i : i));
    }
    return plain.toString();
  }

  private static Rejected notListed(Answer answer) {
    return new Rejected(
        answer.step(),
        "the providers cannot be listed with an agent token",
        "the deployment's page /settings/external-auth lists them for the user",
        null);
  }
}
