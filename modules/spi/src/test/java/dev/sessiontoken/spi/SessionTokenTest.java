package dev.sessiontoken.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

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

  @Test
  void toStringHasNoToken() {
    var expiry = Instant.parse("2027-01-02T03:04:05Z");
    assertThat(SessionToken.of("s3cr3t")).hasToString("SessionToken[expiry=none]");
    assertThat(new SessionToken("s3cr3t", Optional.of(expiry)))
        .hasToString("SessionToken[expiry=2027-01-02T03:04:05Z]");
  }
}
