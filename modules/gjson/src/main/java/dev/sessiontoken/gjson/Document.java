package dev.sessiontoken.gjson;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Arrays;
import java.util.Objects;

/**
 * Writes a document as Go would have passed it to the original: compact, keys in the order of their
 * UTF-8 bytes, Go's escapes and Go's numbers. Only integers keep the digits they came with.
 */
final class Document {
  private final Allowance allowance;
  private final Output out;

  private Document(Allowance allowance) {
    this.allowance = allowance;
    this.out = new Output(allowance);
  }

  static String text(JsonValue value, Allowance allowance) {
    var document = new Document(allowance);
    document.write(value);
    return document.out.toString();
  }

  private void write(JsonValue value) {
    switch (value.getValueType()) {
      case OBJECT -> object(value.asJsonObject());
      case ARRAY -> array(value.asJsonArray());
      case STRING -> Escapes.quote(((JsonString) value).getString(), out);
      case NUMBER -> out.append(number((JsonNumber) value));
      case TRUE -> out.append("true");
      case FALSE -> out.append("false");
      case NULL -> out.append("null");
    }
  }

  private void object(JsonObject object) {
    allowance.enter();
    out.append('{');
    int opened = out.length();
    for (var key : sortedKeys(object)) {
      out.separate(opened);
      Escapes.quote(key, out).append(':');
      write(Objects.requireNonNull(object.get(key)));
    }
    out.append('}');
    allowance.leave();
  }

  private static String[] sortedKeys(JsonObject object) {
    var keys = object.keySet().toArray(new String[0]);
    Arrays.sort(keys, ByteOrder.UTF_8);
    return keys;
  }

  private void array(JsonArray array) {
    allowance.enter();
    out.append('[');
    int opened = out.length();
    for (var element : array) {
      out.separate(opened);
      write(element);
    }
    out.append(']');
    allowance.leave();
  }

  private static String number(JsonNumber number) {
    if (number.isIntegral()) {
      return number.toString();
    }
    double rounded = number.doubleValue();
    return Double.isFinite(rounded) ? Decimals.json(rounded) : number.toString();
  }
}
