package dev.sessiontoken.provider.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CommandWordsTest {

  static Stream<Arguments> commands() {
    return Stream.of(
        Arguments.of("get-token", List.of("get-token")),
        Arguments.of("  get-token  a\tb\nc ", List.of("get-token", "a", "b", "c")),
        Arguments.of("p 'a  b' \"c  d\"", List.of("p", "a  b", "c  d")),
        Arguments.of("p a'b'\"c\"d", List.of("p", "abcd")),
        Arguments.of("p '' \"\"", List.of("p", "", "")),
        Arguments.of("p 'a\\b' \"a\\b\" a\\ b", List.of("p", "a\\b", "a\\b", "a b")),
        Arguments.of("p \"\\\"\" \"\\\\\" '\"' \"'\"", List.of("p", "\"", "\\", "\"", "'")),
        Arguments.of("p \\\" \\' \\\\ \\$", List.of("p", "\"", "'", "\\", "$")),
        Arguments.of(
            "p $HOME `a` $(b) *.txt ~ a;b a|b a&b >f #c \"$X\"",
            List.of(
                "p", "$HOME", "`a`", "$(b)", "*.txt", "~", "a;b", "a|b", "a&b", ">f", "#c", "$X")),
        Arguments.of("p é\u2003x", List.of("p", "é", "x")),
        Arguments.of("[\"p\", \"a b\", \"\", \"é\\n\"]", List.of("p", "a b", "", "é\n")),
        Arguments.of("  [\"p\"]  ", List.of("p")));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void splitsWithoutAShell(String command, List<String> words) {
    assertThat(CommandWords.of(command)).isEqualTo(words);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '%',
      value = {
        "p 's3cr3t ~ a quotation mark is open",
        "p \"s3cr3t' ~ a quotation mark is open",
        "p \"s3cr3t\\\" ~ a quotation mark is open",
        "p s3cr3t\\ ~ a backslash is the last character",
        "'' s3cr3t ~ it names no program",
        "[] ~ it names no program",
        "[\"\", \"s3cr3t\"] ~ it names no program",
        "[\"p\\u0000\"] ~ it holds the character NUL",
        "[\"s3cr3t\", 1] ~ the JSON list holds something that is not a string",
        "[\"s3cr3t\", null] ~ the JSON list holds something that is not a string",
        "[\"s3cr3t\", [\"a\"]] ~ the JSON list holds something that is not a string",
        "[\"s3cr3t\" \"b\"] ~ it begins with [ and is broken JSON",
        "[\"s3cr3t\" ~ it begins with [ and is broken JSON",
        "[\"s3cr3t\"] x ~ it begins with [ and is broken JSON",
        "[1e999999999999] ~ ",
      })
  void saysWhyATextIsNoCommand(String command, String problem) {
    assertThatThrownBy(() -> CommandWords.of(command))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(problem == null ? "JSON" : problem)
        .hasMessageNotContaining("s3cr3t")
        .hasNoCause();
  }
}
