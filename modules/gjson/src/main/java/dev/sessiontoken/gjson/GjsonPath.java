package dev.sessiontoken.gjson;

import jakarta.json.JsonValue;
import java.util.Optional;

/**
 * A path in the syntax of <a href="https://github.com/tidwall/gjson/blob/v1.18.0/SYNTAX.md">GJSON
 * SYNTAX.md, version 1.18.0</a>. Immutable: one path may be used any number of times, by any number
 * of threads.
 *
 * <p>Results are those of the original, given a document that Go has decoded and encoded again:
 * keys are in the order of their UTF-8 bytes, {@code < > &} are escaped inside objects and arrays.
 * One difference is intended: an integer keeps all its digits, where the original rounds it to a
 * double. Comparisons in queries round as the original does.
 *
 * <p>Two paths are equal if their texts are.
 */
public final class GjsonPath {
  private final String text;
  private final boolean plain;

  private GjsonPath(String text) {
    this.text = text;
    this.plain = PlainPath.isPlain(text);
  }

  /**
   * Parses a path.
   *
   * <p>The original accepts any text. Refused here, because they can only be mistakes: a bracket or
   * quote left open in a query or a multipath, a backslash at the end, more than 4096 characters,
   * and paths nested in paths (of queries, multipaths and {@code @dig}) more than 100 levels deep.
   *
   * @param text the path; the empty text is a path too, that of the empty key
   * @return the path, never null
   * @throws GjsonSyntaxException if the text is refused; its column is that of the mistake
   */
  public static GjsonPath parse(String text) {
    PathCheck.check(text);
    return new GjsonPath(text);
  }

  /**
   * Evaluates the path on a document. Computes only: does not block, changes nothing.
   *
   * <p>An evaluation may read and write 16,777,216 characters in all and recurse 250 levels deep,
   * so no combination of path and document runs for long or overflows the stack.
   *
   * @param document any JSON value
   * @return the value found; empty if the path finds nothing. A JSON null that is found is present,
   *     with an empty {@link GjsonResult#string}
   * @throws GjsonSyntaxException if this path on this document passes one of the limits; its column
   *     is 1
   */
  public Optional<GjsonResult> get(JsonValue document) {
    var budget = new Budget();
    return plain ? walkDocument(document, budget) : evaluateText(document, budget);
  }

  private Optional<GjsonResult> walkDocument(JsonValue document, Budget budget) {
    var found = PlainPath.walk(document, text);
    return found == null
        ? Optional.empty()
        : result(Value.parse(DocumentWriter.write(found, budget)));
  }

  private Optional<GjsonResult> evaluateText(JsonValue document, Budget budget) {
    return result(new Evaluation(budget).get(DocumentWriter.write(document, budget), text));
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

  /** Returns the text of the path, as given to {@link #parse}. */
  @Override
  public String toString() {
    return text;
  }
}
