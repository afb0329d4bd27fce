package dev.sessiontoken.gjson;

import jakarta.json.JsonValue;
import java.util.Optional;

/**
 * A path in the syntax of <a href="https://github.com/tidwall/gjson/blob/v1.18.0/SYNTAX.md">GJSON
 * 1.18.0</a>: immutable, so one may be shared by threads and used again.
 *
 * <p>It answers what the original answers for a document that Go has decoded and encoded again:
 * keys in the order of their UTF-8 bytes, {@code < > &} as escapes inside objects and arrays. One
 * difference is wanted: an integer keeps all its digits, where the original rounds it to a double.
 * Comparisons in queries round as the original does.
 */
public final class GjsonPath {
  private final String text;
  private final boolean plain;

  private GjsonPath(String text) {
    this.text = text;
    this.plain = PlainPath.isPlain(text);
  }

  /**
   * Takes the path in.
   *
   * <p>The original reads something into any text. Here these are refused, as they can only be
   * mistakes: brackets or quotes left open in a query or a multipath, a trailing backslash, more
   * than 4096 characters, more than 100 paths inside paths.
   *
   * @throws GjsonSyntaxException if the text is not a path
   */
  public static GjsonPath parse(String text) {
    PathCheck.check(text);
    return new GjsonPath(text);
  }

  /**
   * Looks the path up: empty if nothing is there, present (with an empty string form) for a null.
   *
   * <p>Text is evaluated up to a bound of some sixteen million characters read and written, and of
   * 250 levels, so no path can hang or exhaust its caller.
   *
   * @throws GjsonSyntaxException if this path over this document passes that bound
   */
  public Optional<GjsonResult> get(JsonValue document) {
    var allowance = new Allowance();
    return plain ? plainly(document, allowance) : asText(document, allowance);
  }

  private Optional<GjsonResult> plainly(JsonValue document, Allowance allowance) {
    var found = PlainPath.walk(document, text);
    return found == null ? Optional.empty() : result(Value.parse(Document.text(found, allowance)));
  }

  private Optional<GjsonResult> asText(JsonValue document, Allowance allowance) {
    return result(new Evaluation(allowance).get(Document.text(document, allowance), text));
  }

  private static Optional<GjsonResult> result(Value value) {
    return value.exists()
        ? Optional.of(new GjsonResult(value.string(), value.raw()))
        : Optional.empty();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof GjsonPath path && text.equals(path.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** The path as it was given. */
  @Override
  public String toString() {
    return text;
  }
}
