package dev.sessiontoken.http;

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
    "'\u0000', \\u{0}",
    "'\u0007', \\u{7}",
    "'\b', \\u{8}",
    "'\u001b[2J', \\u{1b}[2J", // ESC
    "'\u007f', \\u{7f}",
    "'\u009b2J', \\u{9b}2J", // C1: the same as ESC [
    "'\u0085', \\u{85}",
    "'\u00ad', \\u{ad}", // soft hyphen: does not show
    "'\u200b', \\u{200b}",
    "'\u202e', \\u{202e}", // turns the direction of writing
    "'\u2066', \\u{2066}",
    "'\u2028', \\u{2028}",
    "'\u2029', \\u{2029}",
    "'\ufeff', \\u{feff}",
    "'\ue000', \\u{e000}",
    "'\ud800', \\u{d800}", // half of a pair
    "'\udc00', \\u{dc00}",
    "'\uffff', \\u{ffff}",
    "'\udb40\udc41', \\u{e0041}", // an invisible tag
    "'a\nb', a\\nb",
    "'a\rb', a\\rb",
    "'a\tb', a\\tb",
    "'a\r\nb', a\\r\\nb"
  })
  void makesVisibleWhatDoesNotPrint(String text, String shown) {
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
  void dropsWhiteSpaceAround() {
    assertThat(Printable.of(" \n a b\n", 100)).isEqualTo("a b");
  }

  @Test
  void cutsAndSaysSo() {
    assertThat(Printable.of("a".repeat(10), 10)).isEqualTo("a".repeat(10));
    assertThat(Printable.of("a".repeat(11), 10))
        .isEqualTo("a".repeat(10) + "… (cut: 11 characters)");
    assertThat(Printable.of("x".repeat(1_000_000), 5))
        .isEqualTo("xxxxx… (cut: 1000000 characters)");
  }
}
