package dev.sessiontoken.gjson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import jakarta.json.Json;
import jakarta.json.JsonValue;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Evaluates random paths on random documents; {@code -Dgjson.seed=…} repeats a run. */
class GjsonFuzzTest {
  private static final int PATHS = 10_000;
  private static final int PATHS_PER_DOCUMENT = 20;
  private static final String[] KEYS = {
    "a", "b", "ab", "", "0", "#", "@this", "x.y", "é", "\uD83D\uDE00", "\uD83D", "a*", "[k", "q\"q"
  };
  private static final String[] PIECES = {
    "a",
    "b",
    "ab",
    "é",
    "\uD83D\uDE00",
    "\uD83D",
    "0",
    "1",
    "99999999999999999999",
    "*",
    "?",
    "#",
    "#(",
    "#[",
    ")",
    ")#",
    "]",
    "]#",
    "{",
    "}",
    "[",
    "(",
    ".",
    ".",
    ".",
    "..",
    "|",
    "|",
    ",",
    ":",
    "\"",
    "\\",
    "=",
    "==",
    "!=",
    "<",
    "<=",
    ">",
    ">=",
    "%",
    "!%",
    "~",
    "~true",
    "~*",
    "!",
    "!5",
    "!\"v\"",
    "@this",
    "@reverse",
    "@ugly",
    "@pretty",
    "@valid",
    "@keys",
    "@values",
    "@tostr",
    "@fromstr",
    "@flatten",
    "@join",
    "@group",
    "@dig:",
    "{\"deep\":true}",
    "{\"sortKeys\":true}",
    "{\"width\":9}",
    "\\u00",
    "\"a\"",
    "#(a==1)#",
    "#(b%\"*\")",
    "[a,b]",
    "{a,\"n\":b}",
    " ",
    "\n",
  };

  private final long seed = Long.getLong("gjson.seed", System.nanoTime());
  private final Random random = new Random(seed);

  @Test
  void pathsFailOnlyByTheDeclaredException() {
    JsonValue document = JsonValue.NULL;
    for (int i = 0; i < PATHS; i++) {
      if (i % PATHS_PER_DOCUMENT == 0) {
        document = value(4);
      }
      check(path(), document);
    }
  }

  private void check(String text, JsonValue document) {
    try {
      var path = GjsonPath.parse(text);
      assertThat(GjsonPath.parse(path.toString())).isEqualTo(path);
      assertThat(GjsonPath.parse(path.toString()).get(document)).isEqualTo(path.get(document));
    } catch (GjsonSyntaxException e) {
      assertThat(e.column()).as(text).isBetween(1, Math.max(1, text.length()));
    } catch (RuntimeException | StackOverflowError e) {
      fail("seed " + seed + ", path " + text + ", document " + document, e);
    }
  }

  private String path() {
    var path = new StringBuilder();
    for (int pieces = 1 + random.nextInt(10); pieces > 0; pieces--) {
      path.append(PIECES[random.nextInt(PIECES.length)]);
    }
    return path.toString();
  }

  private JsonValue value(int depth) {
    return switch (random.nextInt(depth > 0 ? 9 : 5)) {
      case 0 -> Json.createValue(KEYS[random.nextInt(KEYS.length)]);
      case 1 -> Json.createValue(random.nextInt(3));
      case 2 -> Json.createValue(random.nextGaussian() * 1e20);
      case 3 -> random.nextBoolean() ? JsonValue.TRUE : JsonValue.FALSE;
      case 4 -> JsonValue.NULL;
      case 5 -> array(depth - 1);
      default -> object(depth - 1);
    };
  }

  private JsonValue array(int depth) {
    var array = Json.createArrayBuilder();
    for (int size = random.nextInt(5); size > 0; size--) {
      array.add(value(depth));
    }
    return array.build();
  }

  private JsonValue object(int depth) {
    var object = Json.createObjectBuilder();
    for (int size = random.nextInt(6); size > 0; size--) {
      object.add(KEYS[random.nextInt(KEYS.length)], value(depth));
    }
    return object.build();
  }
}
