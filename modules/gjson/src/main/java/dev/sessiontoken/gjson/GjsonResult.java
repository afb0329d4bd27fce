package dev.sessiontoken.gjson;

/**
 * The value that a {@link GjsonPath} has found. Neither component is null.
 *
 * @param string the value as text: a string without quotes and escapes, a number without an
 *     exponent, {@code true} or {@code false}, the empty string for null, an object or array as
 *     JSON
 * @param json the value as JSON: a string with quotes and escapes, null as {@code null}
 */
public record GjsonResult(String string, String json) {}
