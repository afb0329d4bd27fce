package dev.sessiontoken.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallTest {
  private static final URI ORIGIN = URI.create("https://h:1");

  @Test
  void sortsParametersAndKeepsEmptyOnes() {
    assertThat(Call.get("/p", Map.of("match", "", "id", "github")).at(ORIGIN))
        .hasToString("https://h:1/p?id=github&match=");
  }

  @Test
  void hasNoQuestionMarkWithoutParameters() {
    assertThat(Call.get("/p", Map.of()).at(ORIGIN)).hasToString("https://h:1/p");
  }

  @ParameterizedTest
  @CsvSource({
    "'a b&id=c/../é#?', a+b%26id%3Dc%2F..%2F%C3%A9%23%3F",
    "'%', %25",
    "'+', %2B",
    "'a\nb', a%0Ab",
    "😀, %F0%9F%98%80",
    "\ud800, %3F"
  })
  void encodesValues(String value, String encoded) {
    assertThat(Call.get("/p", Map.of("id", value)).at(ORIGIN))
        .hasToString("https://h:1/p?id=" + encoded);
  }

  @Test
  void encodesNames() {
    assertThat(Call.get("/p", Map.of("a&b", "c")).at(ORIGIN)).hasToString("https://h:1/p?a%26b=c");
  }

  @Test
  void leavesParametersOutOfItsStep() {
    assertThat(Call.get("/p", Map.of("id", "x")).step(ORIGIN)).isEqualTo("GET https://h:1/p");
  }
}
