package dev.sessiontoken.gjson;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Arrays;
import java.util.Objects;

/**
 * Writes a document as the text that the original would have been given: as Go's {@code
 * encoding/json} encodes it, compact, with keys in the order of their UTF-8 bytes. Integers alone
 * differ: they keep all their digits.
 */
final class DocumentWriter {
  private final Budget budget;
  private final Output out;

  private DocumentWriter(Budget budget) {
    this.budget = budget;
    this.out = new Output(budget);
  }

  /** Returns the value as JSON text; throws {@link GjsonSyntaxException} past the budget. */
  static String write(JsonValue value, Budget budget) {
    var writer = new DocumentWriter(budget);
    writer.write(value);
    return writer.out.toString();
  }

  private void write(JsonValue value) {
    switch (value.getValueType()) {
      case OBJECT -> object(value.asJsonObject());
      case ARRAY -> array(value.asJsonArray());
      case STRING -> GoStrings.quote(((JsonString) value).getString(), out);
      case NUMBER -> out.append(number((JsonNumber) value));
      case TRUE -> out.append("true");
      case FALSE -> out.append("false");
      case NULL -> out.append("null");
    }
  }

  private void object(JsonObject object) {
    budget.enter();
    out.append('{');
    int opened = out.length();
    for (var key : sortedKeys(object)) {
      out.separate(opened);
      GoStrings.quote(key, out).append(':');
      write(Objects.requireNonNull(object.get(key)));
    }
    out.append('}');
    budget.leave();
  }

  private static String[] sortedKeys(JsonObject object) {
    var keys = object.keySet().toArray(new String[0]);
    Arrays.sort(keys, Utf8Order.BYTES);
    return keys;
  }

  private void array(JsonArray array) {
    budget.enter();
    out.append('[');
    int opened = out.length();
    for (var element : array) {
      out.separate(opened);
      write(element);
    }
    out.append(']');
    budget.leave();
  }

  private static String number(JsonNumber number) {
    if (number.isIntegral()) {
      return number.toString();
    }
    double rounded = number.doubleValue();
    return Double.isFinite(rounded) ? GoNumbers.json(rounded) : number.toString();
  }
}
