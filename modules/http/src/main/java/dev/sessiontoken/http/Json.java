package dev.sessiontoken.http;

import dev.sessiontoken.spi.SessionTokenException.BadAnswer;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReaderFactory;
import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonParsingException;
import java.io.StringReader;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the JSON of answers: no deeper than 64 levels, no text of it in messages. */
public final class Json {
  private static final int MAX_DEPTH = 65; // Parsson refuses the level that it names

  /** Found once: each look-up reads configuration files, and a new provider has no buffers yet. */
  private static final JsonProvider PROVIDER = JsonProvider.provider();

  private static final JsonReaderFactory READERS =
      PROVIDER.createReaderFactory(Map.of("org.eclipse.parsson.maxDepth", MAX_DEPTH));

  /** Part of Parsson's message about depth; its exception has no type of its own. */
  private static final String NESTED = "nested";

  private static final String HINT =
      "does the URL lead to the deployment itself, past any login page or proxy?";

  private Json() {}

  /**
   * Returns what makes and reads JSON, the same at each call. Never null; safe for any number of
   * threads. Does not block.
   */
  public static JsonProvider provider() {
    return PROVIDER;
  }

  /** Returns the object that the body of an answer is. */
  static JsonObject object(Answer answer) throws BadAnswer {
    if (answer.isHtml()) throw bad(answer, answer.page(), null);
    String text = answer.text();
    if (text.isBlank()) throw bad(answer, "an empty body instead of JSON", null);
    try (var reader = READERS.createReader(new StringReader(text))) {
      if (reader.readValue() instanceof JsonObject object) return object;
      throw bad(answer, "JSON, but not an object", null);
    } catch (JsonParsingException e) { // its message quotes the text, which may hold a token
      var place = e.getLocation();
      throw bad(
          answer,
          "broken JSON at line " + place.getLineNumber() + ", column " + place.getColumnNumber(),
          null);
    } catch (JsonException | IllegalStateException e) {
      throw bad(answer, "JSON that is cut short or nested too deeply", null);
    } catch (RuntimeException e) { // thrown by Parsson for depth and for numbers
      boolean isDepth = String.valueOf(e.getMessage()).contains(NESTED);
      throw bad(
          answer, isDepth ? "JSON nested deeper than 64 levels" : "a number out of range", null);
    }
  }

  private static BadAnswer bad(Answer answer, String what, @Nullable Throwable cause) {
    return new BadAnswer(answer.step(), "HTTP " + answer.status() + " with " + what, HINT, cause);
  }
}
