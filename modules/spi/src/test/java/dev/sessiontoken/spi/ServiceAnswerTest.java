package dev.sessiontoken.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sessiontoken.spi.SessionTokenException.BadAnswer;
import dev.sessiontoken.spi.SessionTokenException.Rejected;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceAnswerTest {
  private static final String STEP = "GET https://vault.example.com/v1/secret";

  private static ServiceAnswer answer(int status, String type, byte[] body) {
    var secrets = Secrets.of(List.of("k3y-of-the-user"));
    return new ServiceAnswer(
        STEP, status, Map.of("content-type", List.of(type)), body, secrets, "");
  }

  private static ServiceAnswer answer(int status, String type, String body) {
    return answer(status, type, body.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @CsvSource({
    "400, Rejected",
    "401, Rejected",
    "403, Rejected",
    "409, Rejected",
    "422, Rejected",
    "404, BadAnswer",
    "405, BadAnswer",
    "410, BadAnswer",
    "302, BadAnswer",
    "304, BadAnswer",
    "204, BadAnswer",
    "100, BadAnswer",
    "408, Unreachable",
    "425, Unreachable",
    "429, Unreachable",
    "500, Unreachable",
    "503, Unreachable",
    "599, Unreachable"
  })
  void eachStatusHasItsKind(int status, String kind) {
    var failure = answer(status, "text/plain", "no").failure("check the role");
    assertThat(failure.getClass().getSimpleName()).isEqualTo(kind);
    assertThat(failure).hasMessageStartingWith(STEP + ": HTTP " + status);
    assertThat(failure.hint()).isNotBlank();
  }

  @Test
  void aRefusalHasTheWordsOfTheServiceInOneLineWithoutSecrets() {
    var answer =
        answer(403, "application/json", "{\"errors\":[\"no\n\u001b[2J k3y-of-the-user\"]}");
    assertThatThrownBy(() -> answer.requireSuccess("check the policy"))
        .isInstanceOf(Rejected.class)
        .hasMessage(STEP + ": HTTP 403: {\"errors\":[\"no\\n\\u001b[2J [secret]\"]}")
        .extracting(e -> ((Rejected) e).hint())
        .isEqualTo("check the policy");
  }

  @Test
  void aLargeRefusalIsCut() {
    var failure = answer(400, "text/plain", "a".repeat(1 << 20)).failure("");
    assertThat(failure.getMessage()).hasSizeLessThan(400);
  }

  @Test
  void anHtmlPageIsNoRefusalByTheService() {
    var failure = answer(403, "text/html", "<html>Sign in</html>").failure("check the policy");
    assertThat(failure).isInstanceOf(BadAnswer.class).hasMessageEndingWith("403: an HTML page");
  }

  @Test
  void aRedirectNamesTheHostAndNoMore() {
    var headers = Map.of("Location", List.of("https://login.example.com:8443/x?code=abc"));
    var answer = new ServiceAnswer(STEP, 302, headers, new byte[0], Secrets.of(List.of()), "");
    assertThat(answer.failure(""))
        .hasMessageEndingWith(
            "HTTP 302, a redirect to https://login.example.com:8443, which is not followed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"::", "/login", "https://", "%", ""})
  void aRedirectToNoUrlIsToldAllTheSame(String location) {
    var headers = Map.of("Location", List.of(location));
    var answer = new ServiceAnswer(STEP, 302, headers, new byte[0], Secrets.of(List.of()), "");
    assertThat(answer.failure("")).hasMessageEndingWith("a redirect, which is not followed");
  }

  @ParameterizedTest
  @CsvSource({
    "text/plain; charset=ISO-8859-1, é",
    "'text/plain; charset=\"iso-8859-1\"', é",
    "text/plain, \ufffd",
    "text/plain; charset=nonsense, \ufffd",
    "text/plain; charset=%&/, \ufffd",
    "text/plain; charset=, \ufffd"
  })
  void theTextIsInTheCharsetOfTheAnswer(String type, String text) {
    assertThat(answer(200, type, new byte[] {(byte) 0xe9}).text()).isEqualTo(text);
  }

  @Test
  void theWholeBodyMayBeTheToken() throws Exception {
    assertThat(answer(200, "text/plain", " abc\r\n").token()).isEqualTo(SessionToken.of("abc"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "s3cr3t and more", "<html>s3cr3t</html> x", "s3cr3té"})
  void aBodyThatIsNoTokenIsNotRepeated(String body) {
    assertThatThrownBy(() -> answer(200, "text/plain", body).token())
        .isInstanceOf(BadAnswer.class)
        .hasMessageNotContaining("s3cr3t");
  }

  @Test
  void aBodyOfSuccessIsNeverShown() {
    var answer = answer(200, "text/plain", "s3cr3t");
    assertThat(answer.failure("look")).hasMessageNotContaining("s3cr3t");
    assertThat(answer.toString()).doesNotContain("s3cr3t");
  }
}
