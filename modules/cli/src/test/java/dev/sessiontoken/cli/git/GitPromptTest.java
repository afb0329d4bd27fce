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

  /** The original refuses these; this parser takes them for prompts in other languages. */
  private static final Set<String> IN_OTHER_WORDS =
      Set.of("Benutzername für 'https://github.com': ", "username for 'https://github.com': ");

  /** The original cuts these at the space; this parser keeps the space in the path. */
  private static final Set<String> WITH_A_BLANK =
      Set.of("Username for 'https://github.com/a b': ", "Password for 'https://github.com/a b': ");

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
  void isParsedAsTheOriginalDoes(JsonObject vector) {
    String text = vector.getString("prompt");
    var prompt = GitPrompt.parse(text);
    if (IN_OTHER_WORDS.contains(text)) return;
    if (WITH_A_BLANK.contains(text)) {
      assertThat(prompt.orElseThrow().url()).isEqualTo("https://github.com/a%20b");
      return;
    }
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
        "Username for 'https://h/a%40b': |false|``|https://h/a%40b",
        "Username for 'https://dev.azure.com/org/My Project/_git/repo':"
            + " |false|``|https://dev.azure.com/org/My%20Project/_git/repo",
        "Password for 'https://github.com%20x@evil.test': |true|github.com x|https://evil.test",
        "Password for 'https://stack_coder:7080': |true|``|https://stack_coder:7080",
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
  void isNoPromptWithoutAUrl(String text) {
    assertThat(GitPrompt.parse(text)).isEqualTo(Optional.empty());
  }

  /** Prompts of git without the fix of CVE-2024-50349: user names and hosts are decoded. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://github.com x@evil.test",
        "http://github.com\tx@evil.test",
        "http://github.com\u00a0x@evil.test",
        "http://github.com\u2028x@evil.test",
        "http://github.com/x@evil.test",
        "http://github.com?x@evil.test",
        "http://github.com#x@evil.test",
        "http://github.com\\x@evil.test",
        "http://github.com\\@evil.test/x",
        "http://x@github.com@evil.test",
        "http://github.com:80@evil.test:443",
        "http://github.com:80:443",
        "http://github.com': x@evil.test",
        "http://github.com': Password for 'http://x@evil.test",
        "http://evil.test/\u0001",
        "http://github.com\u202ex",
        "http://github.com%2fx.evil.test",
        "http://github.com%09x.evil.test",
        "http://github.com%00.evil.test",
        "http://github.com\uff0fevil.test",
        "http://github.com\u2100evil.test",
        "http://[::1]x",
        "http://[::1]:80:1",
        "http://[github.com]",
        "http://h/a@b",
        "http://h:8a"
      })
  void isNoPromptIfTheHostIsAmbiguous(String url) {
    for (String words :
        List.of("Password for", "Username for", "Passwort für", "Mot de passe pour")) {
      assertThat(GitPrompt.parse(words + " '" + url + "': ")).isEmpty();
      assertThat(GitPrompt.parse(words + " \"" + url + "\": ")).isEmpty();
      assertThat(GitPrompt.parse(words + " «" + url + "» : ")).isEmpty();
    }
    assertThat(GitPrompt.parse("Password for " + url + ": ")).isEmpty();
  }

  @Test
  void isParsedInLinearTime() {
    String noise = "a".repeat(100_000);
    for (String each :
        List.of(noise, noise + "'", "'" + noise, "%41" + noise, noise.replace('a', ':'))) {
      assertThat(GitPrompt.parse("Password for 'https://h/" + each + "@': ")).isEmpty();
      GitPrompt.parse(noise + " 'https://" + each + "': ");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://h:8443/a", "https://h:8443", "https://h:8443?a#b"})
  void namesHostAndPort(String url) {
    assertThat(new GitPrompt(false, "", url).host()).isEqualTo("h:8443");
  }
}
