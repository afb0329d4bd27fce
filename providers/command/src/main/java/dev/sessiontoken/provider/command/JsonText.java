package dev.sessiontoken.provider.command;

import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import java.io.StringReader;

/** Reads a text that is one JSON value. */
final class JsonText {
  private JsonText() {}

  /**
   * Returns the value.
   *
   * @throws IllegalArgumentException if the text is something else, or has something after the
   *     value; without a message, as that of the parser quotes the text
   */
  static JsonValue read(String text) {
    try (var parser = JsonProvider.provider().createParser(new StringReader(text))) {
      parser.next();
      var value = parser.getValue();
      if (!parser.hasNext()) return value;
    } catch (RuntimeException e) { // Parsson throws several kinds, for depth and numbers others
      throw new IllegalArgumentException();
    }
    throw new IllegalArgumentException();
  }
}
