package dev.sessiontoken.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sessiontoken.spi.SessionTokenException.BadAnswer;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading the body of an answer as JSON. */
class AnswerTest {

  private static Answer answer(String type, byte[] body) {
    Map<String, List<String>> headers =
        type.isEmpty() ? Map.of() : Map.of("Content-Type", List.of(type));
    return new Answer("GET http://h/p", 200, HttpHeaders.of(headers, (name, value) -> true), body);
  }

  private static Answer answer(String type, String body) {
    return answer(type, body.getBytes(StandardCharsets.UTF_8));
  }

  private static Answer json(String body) {
    return answer("application/json", body);
  }

  private static void refused(Answer answer, String what) {
    assertThatThrownBy(answer::json)
        .isInstanceOf(BadAnswer.class)
        .hasMessage("GET http://h/p: HTTP 200 with " + what)
        .hasNoCause();
  }

  private static String nested(int depth) {
    return "{\"a\":".repeat(depth - 1) + "{}" + "}".repeat(depth - 1);
  }

  @Test
  void readsAnObjectWhateverItsDeclaredType() throws Exception {
    for (var type : new String[] {"application/json; charset=utf-8", "text/plain", ""}) {
      assertThat(answer(type, " {\"a\":\"é\"} \n").json().getString("a")).isEqualTo("é");
    }
  }

  @Test
  void takesTheLastOfTwoKeysOfOneName() throws Exception {
    assertThat(json("{\"a\":1,\"a\":2}").json().getInt("a")).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"}", " s3cr3t", " {}", "[", "\n<html>"})
  void ignoresTextAfterTheObjectAsTheOriginalDoes(String rest) throws Exception {
    assertThat(json("{\"a\":1}" + rest).json().getInt("a")).isEqualTo(1);
  }

  @Test
  void keepsAllDigits() throws Exception {
    assertThat(json("{\"a\":9007199254740993}").json().getJsonNumber("a").longValueExact())
        .isEqualTo(9007199254740993L);
  }

  @Test
  void readsUpToSixtyFourLevels() throws Exception {
    assertThat(json(nested(60)).json()).hasSize(1);
    assertThatThrownBy(() -> json(nested(65)).json()).isInstanceOf(BadAnswer.class);
    assertThatThrownBy(() -> json("{\"a\":" + "[".repeat(64) + "]".repeat(64) + "}").json())
        .isInstanceOf(BadAnswer.class);
    assertThatThrownBy(() -> json("[".repeat(1 << 20)).json()).isInstanceOf(BadAnswer.class);
  }

  @Test
  void replacesBytesThatAreNoUtf8() throws Exception {
    var body = new byte[] {'{', '"', 'a', '"', ':', '"', (byte) 0xff, '"', '}'};
    assertThat(answer("application/json", body).json().getString("a")).isEqualTo("\ufffd");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\n\t"})
  void refusesAnEmptyBody(String body) {
    refused(json(body), "an empty body instead of JSON");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"[]", "[{\"access_token\":\"s3cr3t\"}]", "\"s3cr3t\"", "7", "null", "true"})
  void refusesOtherJsonThanAnObject(String body) {
    refused(json(body), "JSON, but not an object");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "s3cr3t",
        "{\"a\":s3cr3t}",
        "{'a':1}",
        "{\"a\":1,}",
        "{a:1}",
        "{\"s3cr3t\":\"x\u0001\"}",
        "{\"a\":\"s3cr3t",
        "{\"a\":",
        "{",
        "\ufeff{}",
        "{\"a\":01}",
        "{\"a\":NaN}",
        "{\"a\":\"\\x\"}"
      })
  void refusesBrokenJsonWithoutRepeatingIt(String body) {
    assertThatThrownBy(() -> json(body).json())
        .isInstanceOf(BadAnswer.class)
        .hasMessageStartingWith("GET http://h/p: HTTP 200 with ")
        .hasMessageNotContaining("s3cr3t")
        .hasNoCause();
  }

  @Test
  void namesLineAndColumnOfBrokenJson() {
    refused(json("{\"a\":1,\n\"b\":x}"), "broken JSON at line 2, column 5");
  }

  @ParameterizedTest
  @CsvSource({
    "text/html, <html>s3cr3t</html>",
    "text/html, s3cr3t",
    "Text/HTML; charset=utf-8, {}",
    "application/xhtml+xml, s3cr3t",
    "text/plain, ' \n<!doctype html>'",
    "'', <html>"
  })
  void recognisesHtmlPages(String type, String body) {
    assertThat(answer(type, body).isHtml()).isTrue();
    refused(answer(type, body), "an HTML page instead of JSON");
  }

  @ParameterizedTest
  @CsvSource({
    "application/json, application/json",
    "Application/JSON; charset=utf-8, application/json",
    "' text/plain ;x', text/plain",
    "'', ''",
    ";, ''"
  })
  void returnsTheMediaType(String header, String type) {
    assertThat(answer(header, "").mediaType()).isEqualTo(type);
  }

  @Test
  void findsHeadersInAnyCase() {
    assertThat(answer("x/y", "").header("content-TYPE")).contains("x/y");
    assertThat(answer("x/y", "").header("nope")).isEmpty();
  }
}
