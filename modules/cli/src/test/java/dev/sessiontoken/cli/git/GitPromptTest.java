package dev.sessiontoken.cli.git;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import jakarta.json.spi.JsonProvider;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class GitPromptTest {

  /** The original refuses these; here they count as prompts in other languages. */
  private static final Set<String> IN_OTHER_WORDS =
      Set.of("Benutzername für 'https://github.com': ", "username for 'https://github.com': ");

  static List<JsonObject> vectors() throws IOException {
    var file = GitPromptTest.class.getResourceAsStream("/vectors/askpass.json");
    try (var reader = JsonProvider.provider().createReader(Objects.requireNonNull(file))) {
      return reader.readArray().getValuesAs(JsonObject.class);
    }
  }

  @Test
  void everyVectorIsRead() throws Exception {
    assertThat(vectors()).hasSize(59);
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void isTakenApartAsTheOriginalDoes(JsonObject vector) {
    String text = vector.getString("prompt");
    var prompt = GitPrompt.parse(text);
    if (IN_OTHER_WORDS.contains(text)) return;
    assertThat(prompt.isEmpty()).isEqualTo(vector.getBoolean("error"));
    assertThat(prompt.map(GitPrompt::url).orElse("")).isEqualTo(vector.getString("host"));
    assertThat(prompt.map(GitPrompt::user).orElse("")).isEqualTo(vector.getString("user"));
    prompt.ifPresent(
        found -> assertThat(found.wantsPassword()).isEqualTo(text.strip().startsWith("Password")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "Password for 'https://my%40user@github.com': |true|my@user|https://github.com",
        "Password for 'https://u@h:8443/a/b?x=1#f': |true|u|https://h:8443/a/b?x=1#f",
        "Username for 'HTTPS://GitHub.com': |false|``|https://GitHub.com",
        "Username for 'https://[::1]:80': |false|``|https://[::1]:80",
        "Username for 'https://h/é': |false|``|https://h/%C3%A9",
        "Username for 'https://h/a@b': |false|``|https://h/a@b",
        "Benutzername für 'https://github.com': |false|``|https://github.com",
        "Passwort für 'https://u@github.com': |true|u|https://github.com",
        "Nom d'utilisateur pour 'https://github.com:8443/a' : |false|``|https://github.com:8443/a",
        "Имя пользователя для «https://github.com»: |false|``|https://github.com",
        "密码“https://u@github.com”： |true|u|https://github.com",
        "パスワード「https://u@github.com/a」： |true|u|https://github.com/a"
      })
  void isUnderstoodInEveryLanguage(String text, boolean password, String user, String url) {
    assertThat(GitPrompt.parse(text)).contains(new GitPrompt(password, user, url));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Enter passphrase for key '/home/u/.ssh/id_rsa': ",
        "Are you sure you want to continue connecting (yes/no/[fingerprint])? ",
        "(u@host) Password for u@host: ",
        "git@github.com's password: ",
        "see https://github.com for more: ",
        "Username for 'http://[::1': ",
        "Username for 'https://h/%zz': ",
        "Username for 'https://': ",
        "Username for 'https://:80': ",
        "Username for 'https://a:b:c': ",
        "Username for 'https://h\"x': ",
        ""
      })
  void isNoneWithoutAUrlThatGitWouldName(String text) {
    assertThat(GitPrompt.parse(text)).isEqualTo(Optional.empty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://h:8443/a", "https://h:8443", "https://h:8443?a#b"})
  void namesHostAndPort(String url) {
    assertThat(new GitPrompt(false, "", url).host()).isEqualTo("h:8443");
  }
}
