package dev.sessiontoken.cli;

import dev.sessiontoken.client.ExternalAuth;
import dev.sessiontoken.http.Printable;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.List;

/** Picks what {@code --extra} asks for. */
final class Extra {
  private Extra() {}

  /** The field at a path of keys with dots between them, as text. */
  static String field(ExternalAuth.Linked linked, String path) throws NoSuchFieldInAnswerException {
    var extra = linked.extra();
    if (extra.isEmpty()) {
      throw new NoSuchFieldInAnswerException(
          "the deployment keeps no extra fields of this provider's answer");
    }
    JsonValue found = extra.get();
    for (String key : List.of(path.split("\\.", -1))) {
      if (!(found instanceof JsonObject object) || !object.containsKey(key)) {
        throw missing(extra.get(), path);
      }
      found = object.get(key);
    }
    return text(found);
  }

  private static NoSuchFieldInAnswerException missing(JsonObject extra, String path) {
    return new NoSuchFieldInAnswerException(
        "nothing at \""
            + Printable.of(path, 100)
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
