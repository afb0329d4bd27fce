package dev.sessiontoken.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sessiontoken.spi.SessionTokenException.NotConfigured;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceRequestTest {
  private static final String URL = "https://vault.example.com:8200/v1/secret";

  private static String body(ServiceRequest request) {
    return new String(request.body().orElseThrow(), StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "vault.example.com",
        "//vault.example.com",
        "ftp://vault.example.com",
        "https:///path",
        "https://my_host/",
        "https://alice:s3cr3t@vault.example.com/",
        "https://vault.example.com:0/",
        "https://vault.example.com/a b",
        "https://vault.example.com?token=s3cr3t s3cr3t"
      })
  void aUrlThatCannotBeUsedIsNotConfiguredAndShowsNoSecret(String url) {
    var request = ServiceRequest.get(url);
    assertThatThrownBy(request::uri)
        .isInstanceOf(NotConfigured.class)
        .hasMessageEndingWith("is no http or https URL of a host")
        .hasMessageNotContaining("s3cr3t");
    assertThat(request.step()).isEqualTo("GET to the provider's service");
  }

  @Test
  void namesTheHostAndLeavesParametersAndFragmentOut() throws Exception {
    var request = ServiceRequest.get(URL + "?api_key=k3y-of-the-user#part");
    assertThat(request).hasToString("GET " + URL);
    assertThat(request.uri()).hasToString(URL + "?api_key=k3y-of-the-user");
    assertThat(request.secrets()).contains("k3y-of-the-user");
  }

  @Test
  void hidesASecretInThePath() {
    var request = ServiceRequest.get(URL + "/k3y-of-the-user").withSecret("k3y-of-the-user");
    assertThat(request.step()).isEqualTo("GET " + URL + "/[secret]");
  }

  @ParameterizedTest
  @CsvSource({
    "Authorization, true",
    "X-Vault-Token, true",
    "X-Api-Key, true",
    "Cookie, true",
    "Accept, false",
    "Content-Type, false",
    "X-Vault-Namespace, false"
  })
  void theNameOfAHeaderTellsWhetherItsValueIsASecret(String name, boolean isSecret) {
    var request = ServiceRequest.get(URL).withHeader(name, "value-1234");
    assertThat(request.secrets().contains("value-1234")).isEqualTo(isSecret);
  }

  @Test
  void theTokenBehindTheSchemeIsASecretOfItsOwn() {
    assertThat(ServiceRequest.get(URL).withBearer("abc123").secrets())
        .containsExactly("Bearer abc123", "abc123");
  }

  @Test
  void encodesAForm() throws Exception {
    var request = ServiceRequest.postForm(URL, Map.of("client_secret", "a&b=ü"));
    assertThat(body(request)).isEqualTo("client_secret=a%26b%3D%C3%BC");
    assertThat(request.headers())
        .containsEntry("Content-Type", "application/x-www-form-urlencoded");
    assertThat(request.secrets()).containsExactly("a&b=ü");
  }

  @Test
  void encodesJson() {
    var request = ServiceRequest.postJson(URL, Map.of("secret_id", "a\"b\\\n\u0001ü"));
    assertThat(body(request)).isEqualTo("{\"secret_id\":\"a\\\"b\\\\\\u000a\\u0001ü\"}");
    assertThat(request.secrets()).containsExactly("a\"b\\\n\u0001ü");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "Host", "content-length", "Proxy-Authorization", "a b", "a\r\nb", "é"})
  void refusesANameOfAHeaderThatCannotBeSet(String name) {
    var request = ServiceRequest.get(URL);
    assertThatThrownBy(() -> request.withHeader(name, "x"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"s3cr3t\n", "s3cr3t\r\nEvil: x", "s3cr3té", "s3cr3t\u0000"})
  void aValueOfAHeaderThatCannotBeSentIsNotConfigured(String value) {
    assertThatThrownBy(ServiceRequest.get(URL).withHeader("X-Vault-Token", value)::headers)
        .isInstanceOf(NotConfigured.class)
        .hasMessageContaining("X-Vault-Token")
        .hasMessageNotContaining("s3cr3t");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "get", "G T", "CONNECT"})
  void refusesWhatIsNoMethod(String method) {
    assertThatThrownBy(() -> ServiceRequest.of(method, URL))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void onlyIdempotentMethodsAreRepeatedUnasked() {
    assertThat(ServiceRequest.get(URL).isRepeatable()).isTrue();
    assertThat(ServiceRequest.of("PATCH", URL).isRepeatable()).isFalse();
    var post = ServiceRequest.post(URL, "text/plain", "x");
    assertThat(post.isRepeatable()).isFalse();
    assertThat(post.asRepeatable().isRepeatable()).isTrue();
  }

  @Test
  void aHeaderIsReplacedWhateverItsCase() throws Exception {
    var request = ServiceRequest.get(URL).withHeader("Accept", "a").withHeader("ACCEPT", "b");
    assertThat(request.headers().values()).containsExactly("b");
  }

  @Test
  void encodesLettersBeyondAsciiInAPath() throws Exception {
    assertThat(ServiceRequest.get("https://h/é").uri()).hasToString("https://h/%C3%A9");
  }
}
