package dev.sessiontoken.provider.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sessiontoken.spi.SessionToken;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrintedTokenTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "abc",
        "abc\r\n",
        "\n \tabc\n\n",
        "\ufeffabc",
        "'abc'",
        "\"abc\"",
        "CODER_AGENT_TOKEN=abc",
        "export CODER_AGENT_TOKEN='abc'",
        "{\"token\":\"abc\"}",
        " {\"more\":[{}], \"token\" : \"abc\", \"expires\":null}\n"
      })
  void readsATokenWithoutExpiry(String output) {
    assertThat(PrintedToken.read(output)).isEqualTo(SessionToken.of("abc"));
  }

  @Test
  void readsTheExpiry() {
    var token = new SessionToken("abc", Optional.of(Instant.parse("2030-01-31T12:00:00Z")));
    assertThat(PrintedToken.read("{\"token\":\"abc\",\"expires\":\"2030-01-31T12:00:00Z\"}"))
        .isEqualTo(token);
    assertThat(
            PrintedToken.read("{\"expires\":\"2030-01-31T14:00:00.000+02:00\",\"token\":\"abc\"}"))
        .isEqualTo(token);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '%',
      value = {
        "%% ~ it prints nothing",
        "s3cr3t s3cr3t ~ it prints white space or characters that no token has",
        "s3cr3té ~ it prints white space or characters that no token has",
        "%s3cr3t\ns3cr3t% ~ it prints several lines",
        "\"\" ~ it prints an empty token",
        "GITHUB_TOKEN=s3cr3t ~ it prints a line NAME=VALUE of another variable",
        "{} ~ its JSON has no member token",
        "{\"token\":null} ~ its JSON has no member token",
        "{\"Token\":\"s3cr3t\"} ~ its JSON has no member token",
        "{\"token\":123} ~ the member token of its JSON is no string",
        "{\"token\":[\"s3cr3t\"]} ~ the member token of its JSON is no string",
        "{\"token\":\"\"} ~ it prints an empty token",
        "{\"token\":\"s3cr3t\\n\"} ~ it prints white space or characters that no token has",
        "{\"token\":\"s3cr3t\",\"expires\":1900000000} ~ the member expires of its JSON is no string",
        "{\"token\":\"s3cr3t\",\"expires\":\"tomorrow\"} ~ the member expires of its JSON is no time such as 2030-01-31T12:00:00Z",
        "{\"token\":\"s3cr3t\",\"expires\":\"2030-01-31\"} ~ the member expires of its JSON is no time such as 2030-01-31T12:00:00Z",
        "{\"token\":\"s3cr3t\" ~ it prints broken JSON",
        "{\"token\":\"s3cr3t\"} x ~ it prints broken JSON",
        "{s3cr3t} ~ it prints broken JSON",
      })
  void saysWhatIsWrongAndShowsNothing(String output, String problem) {
    assertThatThrownBy(() -> PrintedToken.read(output))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessage(problem)
        .hasNoCause();
  }
}
