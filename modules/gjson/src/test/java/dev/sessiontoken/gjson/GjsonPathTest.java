package dev.sessiontoken.gjson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import jakarta.json.Json;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GjsonPathTest {

  private static JsonValue json(String text) {
    try (var reader = Json.createReader(new StringReader(text))) {
      return reader.readValue();
    }
  }

  private static Optional<GjsonResult> find(String document, String path) {
    return GjsonPath.parse(path).get(json(document));
  }

  private static String string(String document, String path) {
    return find(document, path).orElseThrow().string();
  }

  @Nested
  class Answers {
    @Test
    void nothingFoundIsEmpty() {
      assertThat(find("{'a':1}".replace('\'', '"'), "b")).isEmpty();
    }

    @Test
    void nullIsFoundAndPrintsNothing() {
      assertThat(find("{\"a\":null}", "a")).contains(new GjsonResult("", "null"));
    }

    @Test
    void stringsComeWithoutQuotesAndAsJson() {
      assertThat(find("{\"a\":\"x\\u0026y\"}", "a"))
          .contains(new GjsonResult("x&y", "\"x\\u0026y\""));
    }

    @ParameterizedTest
    @CsvSource({
      "9007199254740993, 9007199254740993",
      "123456789012345678901234567890, 123456789012345678901234567890",
      "1.50, 1.5",
      "1e3, 1000",
      "1.0, 1",
      "1e-7, 0.0000001",
      "1e21, 1000000000000000000000",
      "1.5e300,"
          + " 1500000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000",
    })
    void numbersAreInPlainNotationAndIntegersKeepTheirDigits(String number, String text) {
      assertThat(string("{\"a\":" + number + "}", "a")).isEqualTo(text);
    }

    @Test
    void numbersInsideArraysAreWrittenAsGoWritesThem() {
      assertThat(string("{\"a\":[1e21,1.0,1e-7,0.10,9007199254740993]}", "a"))
          .isEqualTo("[1e+21,1,1e-7,0.1,9007199254740993]");
    }

    @Test
    void keysAreInTheOrderOfTheirBytes() {
      assertThat(string("{\"\uD83D\uDE00\":1,\"\uFFFD\":2,\"b\":3,\"a\":4}", "@this"))
          .isEqualTo("{\"a\":4,\"b\":3,\"\uFFFD\":2,\"\uD83D\uDE00\":1}");
    }

    @Test
    void theSmallestKeyWinsUnderAWildcardUnlessTheRestIsNotThere() {
      assertThat(string("{\"a2\":{\"y\":2},\"a1\":{\"x\":1}}", "a*.y")).isEqualTo("2");
      assertThat(string("{\"a2\":2,\"a1\":1}", "a*")).isEqualTo("1");
    }

    @Test
    void theEmptyPathIsTheEmptyKey() {
      assertThat(string("{\"\":7}", "")).isEqualTo("7");
    }
  }

  @Nested
  class Refusals {
    @ParameterizedTest
    @CsvSource(
        delimiter = ' ',
        value = {
          "[a 1",
          "{a 1",
          "x|{a,b 3",
          "x.[a 3",
          "a.#(b==1 4",
          "a.#[b==1 4",
          "a.#(b==\"x) 4",
          "a.#(#(b)==[) 4",
          "{a,#(b} 1",
          "{a:\"x} 1",
          "#.#(a.#(b) 4",
          "@dig:#(x 7",
          "a\\ 2",
          "a\\\\\\ 4",
        })
    void anUnfinishedPathIsASyntaxError(String path, int column) {
      assertThatExceptionOfType(GjsonSyntaxException.class)
          .isThrownBy(() -> GjsonPath.parse(path))
          .withMessageContaining("column " + column)
          .satisfies(e -> assertThat(e.column()).isEqualTo(column));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a[b", "a(b", "(a", "a\"b", "[", "{", "a.#b(", "!\"a", "[a]x", "\\[a"})
    void textThatTheOriginalReadsAsAKeyIsAPath(String path) {
      assertThat(GjsonPath.parse(path)).hasToString(path);
    }

    @Test
    void lengthAndDepthOfAPathAreLimited() {
      assertThatExceptionOfType(GjsonSyntaxException.class)
          .isThrownBy(() -> GjsonPath.parse("a".repeat(4097)))
          .satisfies(e -> assertThat(e.column()).isEqualTo(4097));
      assertThatExceptionOfType(GjsonSyntaxException.class)
          .isThrownBy(() -> GjsonPath.parse("[".repeat(200) + "]".repeat(200)))
          .satisfies(e -> assertThat(e.column()).isEqualTo(102));
    }
  }

  @Nested
  class Bounds {
    private static final Duration AT_ONCE = Duration.ofSeconds(5);

    private static String nested(int depth) {
      return "[".repeat(depth) + "]".repeat(depth);
    }

    @Test
    void manyWildcardsAgainstALongKeyTakeLittleTime() {
      var document = "{\"" + "a".repeat(50_000) + "\":1}";
      assertTimeout(AT_ONCE, () -> assertThat(find(document, "a*".repeat(40) + "b")).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "@tostr|@tostr|@tostr|@tostr|@tostr|@tostr|@tostr|@tostr|@tostr|@tostr|@tostr|@tostr|"
              + "@tostr|@tostr|@tostr|@tostr|@tostr|@tostr|@tostr|@tostr|@tostr|@tostr|@tostr|"
              + "@tostr|@tostr|@tostr|@tostr|@tostr|@tostr|@tostr|@tostr|@tostr|@tostr|@tostr",
          "[@this,@this]|[@this,@this]|[@this,@this]|[@this,@this]|[@this,@this]|[@this,@this]|"
              + "[@this,@this]|[@this,@this]|[@this,@this]|[@this,@this]|[@this,@this]|"
              + "[@this,@this]|[@this,@this]|[@this,@this]|[@this,@this]|[@this,@this]|"
              + "[@this,@this]|[@this,@this]|[@this,@this]|[@this,@this]|[@this,@this]|"
              + "[@this,@this]|[@this,@this]|[@this,@this]|[@this,@this]|[@this,@this]",
          "@dig:@dig:@dig:@dig:@dig:@dig:@this",
        })
    void aResultThatGrowsExponentiallyIsRefused(String path) {
      var document = json("{\"a\":" + nested(200) + ",\"b\":\"x\"}");
      assertTimeout(
          AT_ONCE,
          () ->
              assertThatExceptionOfType(GjsonSyntaxException.class)
                  .isThrownBy(() -> GjsonPath.parse(path).get(document)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"@flatten:{\"deep\":true}", "@pretty", "@valid", "@dig:x"})
    void deepTextIsRefusedRatherThanOverflowingTheStack(String path) {
      var document = json("\"" + nested(100_000) + "\"");
      assertThatExceptionOfType(GjsonSyntaxException.class)
          .isThrownBy(() -> GjsonPath.parse("@fromstr|" + path).get(document));
    }

    @Test
    void aLongPathIntoADeepDocumentIsRefusedRatherThanOverflowingTheStack() {
      var path = GjsonPath.parse("#.".repeat(2000) + "0");
      var document = json(nested(240));
      assertThatExceptionOfType(GjsonSyntaxException.class).isThrownBy(() -> path.get(document));
    }

    @Test
    void aDeepDocumentIsRefused() {
      assertThatExceptionOfType(GjsonSyntaxException.class)
          .isThrownBy(() -> find(nested(900), "@this"));
    }
  }
}
