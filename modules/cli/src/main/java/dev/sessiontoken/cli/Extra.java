package dev.sessiontoken.cli;

import dev.sessiontoken.client.ExternalAuth;
import dev.sessiontoken.http.Printable;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.List;

/** What {@code --extra} asks for. */
record Extra(List<String> keys) {

  /** A path of keys with dots between them. */
  static Extra parse(String path) {
    return new Extra(List.of(path.split("\\.", -1)));
  }

  /**
   * The field, as text or as JSON.
   *
   * @throws NoSuchFieldInAnswerException if there is nothing at the path
   */
  String of(ExternalAuth.Linked linked, OutputFormat format) throws NoSuchFieldInAnswerException {
    var extra = linked.extra();
    if (extra.isEmpty()) {
      throw new NoSuchFieldInAnswerException(
          "the deployment keeps no extra fields of this provider's answer");
    }
    var value = value(extra.get());
    return format == OutputFormat.JSON ? value + "\n" : text(value);
  }

  private JsonValue value(JsonObject extra) throws NoSuchFieldInAnswerException {
    JsonValue found = extra;
    for (String key : keys) {
      if (!(found instanceof JsonObject object) || !object.containsKey(key)) throw missing(extra);
      found = object.get(key);
    }
    return found;
  }

  private NoSuchFieldInAnswerException missing(JsonObject extra) {
    return new NoSuchFieldInAnswerException(
        "nothing at \""
            + Printable.of(String.join(".", keys), 100)
            + "\" in the extra fields; their keys are: "
            + Printable.of(String.join(", ", extra.keySet()), 300));
  }

  private static String text(JsonValue value) {
    return switch (value) {
      case JsonString string -> string.getString();
      case JsonNumber number -> number.bigDecimalValue().toPlainString();
      default -> JsonValue.NULL.equals(value) ? "" : value.toString();
    };
  }
}
