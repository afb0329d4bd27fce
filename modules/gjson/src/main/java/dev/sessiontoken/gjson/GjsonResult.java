package dev.sessiontoken.gjson;

/**
 * The value a path found.
 *
 * @param string the value as text: strings without quotes, numbers in plain decimal notation,
 *     {@code true} or {@code false}, nothing for null, objects and arrays as JSON
 * @param json the value as JSON: strings with quotes, null as {@code null}
 */
public record GjsonResult(String string, String json) {}
