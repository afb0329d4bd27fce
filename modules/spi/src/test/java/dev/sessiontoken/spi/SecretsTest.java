package dev.sessiontoken.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
  private static final String TOKEN = "8f2c/1c0e-5d2b+4a3a&9b6f";
  private static final String DOCUMENT = "{\n  \"accountId\" : \"123456789012\"\n}";
  private final Secrets secrets = Secrets.of(List.of(TOKEN, DOCUMENT, "ab", "word"));

  static List<String> forms() {
    byte[] bytes = TOKEN.getBytes(StandardCharsets.UTF_8);
    return List.of(
        TOKEN,
        TOKEN.toLowerCase(Locale.ROOT),
        TOKEN.toUpperCase(Locale.ROOT),
        TOKEN.substring(0, 12),
        TOKEN.substring(9),
        URLEncoder.encode(TOKEN, StandardCharsets.UTF_8),
        URLEncoder.encode(TOKEN, StandardCharsets.UTF_8).toLowerCase(Locale.ROOT),
        TOKEN.replace("&", "\\u0026"),
        HexFormat.ofDelimiter("").withPrefix("%").formatHex(bytes),
        HexFormat.ofDelimiter("").withPrefix("\\u00").withUpperCase().formatHex(bytes),
        Base64.getEncoder().encodeToString(bytes),
        Base64.getUrlEncoder().encodeToString(bytes),
        Base64.getEncoder().encodeToString(("u:" + TOKEN).getBytes(StandardCharsets.UTF_8)),
        Base64.getEncoder().encodeToString(("me:" + TOKEN).getBytes(StandardCharsets.UTF_8)),
        Base64.getEncoder()
            .encodeToString(("you:" + TOKEN + "\n").getBytes(StandardCharsets.UTF_8)));
  }

  @ParameterizedTest
  @MethodSource("forms")
  void hideAValueInEachFormInWhichItComesBack(String form) {
    String shown = secrets.hide("the server sent <" + form + "> back");
    assertThat(shown).startsWith("the server sent <").endsWith("> back").contains("[secret]");
    for (int i = 0; i + 8 <= TOKEN.length(); i++) {
      assertThat(shown).doesNotContainIgnoringCase(TOKEN.substring(i, i + 8));
    }
    for (int i = 0; i + 12 <= form.length(); i++) {
      assertThat(shown).doesNotContain(form.substring(i, i + 12));
    }
  }

  @Test
  void hideADocumentWithTheEscapesOfJson() {
    String escaped = DOCUMENT.replace("\"", "\\\"").replace("\n", "\\n");
    assertThat(secrets.hide("x " + escaped + " y")).isEqualTo("x [secret] y");
    assertThat(secrets.hide("x " + DOCUMENT + " y")).isEqualTo("x [secret] y");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ab", "the accountId is missing", "a wor", "8f2c", "İstanbul 8f2c"})
  void leaveOrdinaryTextAlone(String text) {
    assertThat(secrets.hide(text)).isEqualTo(text);
  }

  @Test
  void hideShortValuesAsAWholeOnly() {
    assertThat(secrets.hide("a word, wordy, wor")).isEqualTo("a [secret], [secret]y, wor");
  }

  @Test
  void leaveTheirValuesOutOfToString() {
    assertThat(secrets.toString()).doesNotContain(TOKEN);
  }
}
