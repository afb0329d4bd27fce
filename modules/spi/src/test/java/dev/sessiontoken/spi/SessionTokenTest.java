package dev.sessiontoken.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionTokenTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "a b",
        " abc",
        "abc ",
        "abc\n",
        "abc\r\nCookie: x",
        "a\tb",
        "a\0b",
        "a\u007fb",
        "a\u0080b",
        "a\u00e9b",
        "\ufeffabc",
        "\ud83d\ude00",
        "\ud800"
      })
  void refusesInvalidHeaderValuesWithoutRepeatingThem(String value) {
    assertThat(SessionToken.isSane(value)).isFalse();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SessionToken.of(value))
        .withMessage("a session token is printable ASCII without white space")
        .withNoCause();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"!", "~", "a", "7f3b1c2d-0000-4000-8000-000000000001", "a.b-c_d/e+f=:\"{}"})
  void takesPrintableAscii(String value) {
    assertThat(SessionToken.isSane(value)).isTrue();
    assertThat(SessionToken.of(value).value()).isEqualTo(value);
    assertThat(SessionToken.of(value).expiry()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "s3cr3t",
        " s3cr3t\r\n",
        "\ufeffs3cr3t\n",
        "\"s3cr3t\"",
        "'s3cr3t'\n",
        "TOKEN_VARIABLE=s3cr3t",
        "export TOKEN_VARIABLE='s3cr3t'\n"
      })
  void isFoundInWhatVariablesAndFilesHold(String text) {
    assertThat(SessionToken.unwrap(text, "TOKEN_VARIABLE")).isEqualTo("s3cr3t");
  }

  @ParameterizedTest
  @ValueSource(strings = {"YWJj=", "YWJj==", "YWI==", "a=b", "'", "\"a'", "a'b'", "", "a b"})
  void isLeftAsItIs(String text) {
    assertThat(SessionToken.unwrap(text, "TOKEN_VARIABLE")).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"OTHER=s3cr3t", "export OTHER=s3cr3t", "CODER_AGENT_URL=https://s3cr3t"})
  void isNotTakenFromAnotherVariable(String text) {
    assertThatThrownBy(() -> SessionToken.unwrap(text, "TOKEN_VARIABLE"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("it is a line NAME=VALUE of another variable");
  }

  @Test
  void toStringHasNoToken() {
    var expiry = Instant.parse("2027-01-02T03:04:05Z");
    assertThat(SessionToken.of("s3cr3t")).hasToString("SessionToken[expiry=none]");
    assertThat(new SessionToken("s3cr3t", Optional.of(expiry)))
        .hasToString("SessionToken[expiry=2027-01-02T03:04:05Z]");
  }
}
