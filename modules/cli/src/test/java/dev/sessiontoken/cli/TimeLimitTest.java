package dev.sessiontoken.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sessiontoken.cli.args.CommonFlags;
import dev.sessiontoken.cli.args.Durations;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values of {@code --timeout}. */
class TimeLimitTest extends ProgramTest {

  @ParameterizedTest
  @CsvSource({
    "500ms, PT0.5S",
    "10s, PT10S",
    "2m, PT2M",
    "1h, PT1H",
    "1m30s, PT1M30S",
    "1.5s, PT1.5S",
    "0.25h0.5ms, PT15M0.0005S",
    "1ms, PT0.001S",
    "0s1ms, PT0.001S",
    "007s, PT7S",
    "999999999h, PT8760H"
  })
  void areSumsOfNumbersWithUnits(String text, Duration duration) {
    assertThat(Durations.parse(CommonFlags.TIMEOUT, text)).isEqualTo(duration);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0",
        "0s",
        "0ms0h",
        "10",
        "s",
        "-1s",
        "+1s",
        "1.s",
        ".5s",
        "1.5.5s",
        "0.0000001s",
        "1 s",
        " 1s",
        "1s ",
        "1S",
        "1d",
        "1s2",
        "ten",
        "1s\n",
        "10000000000s",
        "٣s",
        "1us",
        "1s1s1s1s1s1s1s1s1s1s1s1s1s1s1s1s1s1s1s1s1s"
      })
  void thatAreInvalidAreRefused(String text) {
    misused(
        accessToken("--timeout", text, "github"),
        "--timeout and CODER_TIMEOUT want a duration such as 500ms, 10s or 2m; see \"coder");
  }

  @Test
  void mayComeFromTheVariable() {
    misused(run(environment("CODER_TIMEOUT", "nope"), withWords("github")), "want a duration");
  }

  @Test
  void mayBeAYearOrMore() {
    assertThat(accessToken("--timeout", "999999999h", "github"))
        .isEqualTo(new Ended(0, "gho_bananas", ""));
  }
}
