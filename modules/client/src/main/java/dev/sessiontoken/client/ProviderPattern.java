package dev.sessiontoken.client;

import dev.sessiontoken.http.Answer;
import dev.sessiontoken.spi.SessionTokenException.BadAnswer;
import dev.sessiontoken.spi.SessionTokenException.Rejected;
import jakarta.json.JsonString;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

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
  private static final Pattern ONE = Pattern.compile("([^=,]+)=\"((?:[^\"\\\\]|\\\\.)*)\"(?:,|$)");

  /** From the detail of a 404: text of coderd/externalauth, {@code <id>=<quoted pattern>,…}. */
  static List<ProviderPattern> read(Answer answer) throws BadAnswer, Rejected {
    if (answer.status() != 404) throw unsaid(answer);
    String detail = answer.json().get("detail") instanceof JsonString text ? text.getString() : "";
    if (detail.startsWith("External auth provider not found.")) return List.of();
    int start = detail.indexOf(PREFIX);
    if (start < 0) throw unsaid(answer);
    var found = new ArrayList<ProviderPattern>();
    var all = ONE.matcher(detail.substring(start + PREFIX.length()));
    while (all.lookingAt()) {
      found.add(new ProviderPattern(all.group(1), unquoted(all.group(2))));
      all.region(all.end(), all.regionEnd());
    }
    return found;
  }

  /** Go quotes as Java does, as far as patterns go: the next character stands for itself. */
  private static String unquoted(String text) {
    return text.replaceAll("\\\\(.)", "$1");
  }

  private static Rejected unsaid(Answer answer) {
    return new Rejected(
        answer.step(),
        "the providers cannot be listed with an agent token",
        "the deployment's page /settings/external-auth lists them for the user",
        null);
  }
}
