package dev.sessiontoken.spi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrintableTest {

  @ParameterizedTest
  @ValueSource(strings = {"", "plain text", "é ü 日本 😀", "a\\nb", "\"quotes\" & <tags>"})
  void leavesTextAsItIs(String text) {
    assertThat(Printable.of(text, 100)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "'\u0000', \\u0000",
    "'\u0007', \\u0007",
    "'\b', \\u0008",
    "'\u001b[2J', \\u001b[2J", // ESC
    "'\u007f', \\u007f",
    "'\u009b2J', \\u009b2J", // C1: the same as ESC [
    "'\u0085', \\u0085",
    "'\u00ad', \\u00ad", // soft hyphen: invisible
    "'\u200b', \\u200b",
    "'\u202e', \\u202e", // changes the direction of writing
    "'\u2066', \\u2066",
    "'\u2028', \\u2028",
    "'\u2029', \\u2029",
    "'\ufeff', \\ufeff",
    "'\ue000', \\ue000",
    "'\ud800', \\ud800", // half of a surrogate pair
    "'\udc00', \\udc00",
    "'\uffff', \\uffff",
    "'\udb40\udc41', \\ue0041", // an invisible tag
    "'a\nb', a\\nb",
    "'a\rb', a\\rb",
    "'a\tb', a\\tb",
    "'a\r\nb', a\\r\\nb"
  })
  void escapesCharactersThatDoNotPrint(String text, String shown) {
    assertThat(Printable.of("[" + text + "]", 100)).isEqualTo("[" + shown + "]");
  }

  @Test
  void isAlwaysOneLineOfCharactersThatPrint() {
    for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
      String shown = Printable.of("a" + Character.toString(c) + "b", 100);
      assertThat(shown.codePoints().noneMatch(Character::isISOControl)).as("%x", c).isTrue();
      assertThat(shown.lines().count()).as("%x", c).isEqualTo(1);
    }
  }

  @Test
  void removesLeadingAndTrailingWhiteSpace() {
    assertThat(Printable.of(" \n a b\n", 100)).isEqualTo("a b");
  }

  @Test
  void cutsLongTextAndNamesItsLength() {
    assertThat(Printable.of("a".repeat(10), 10)).isEqualTo("a".repeat(10));
    assertThat(Printable.of("a".repeat(11), 10))
        .isEqualTo("a".repeat(10) + "… (cut: 11 characters)");
    assertThat(Printable.of("x".repeat(1_000_000), 5))
        .isEqualTo("xxxxx… (cut: 1000000 characters)");
  }
}
