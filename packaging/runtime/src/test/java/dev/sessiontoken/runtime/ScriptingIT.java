package dev.sessiontoken.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sessiontoken.testkit.FakeCoder;
import dev.sessiontoken.testkit.Fault;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Output for scripts, {@code --extra} and {@code --output json}, of the built image. */
class ScriptingIT {
  private final FakeCoder coder = FakeCoder.start();

  @AfterEach
  void stop() {
    coder.close();
  }

  private Image.Result run(String provider, String... flags) throws Exception {
    var environment =
        Map.of("CODER_AGENT_URL", coder.url().toString(), "CODER_AGENT_TOKEN", coder.agentToken());
    var args = new ArrayList<>(List.of("external-auth", "access-token", provider));
    args.addAll(List.of(flags));
    return Image.run(found(environment), args.toArray(String[]::new));
  }

  /** Returns the variables of a call; a subclass adds those of a resident helper. */
  Map<String, String> found(Map<String, String> environment) {
    return environment;
  }

  private static JsonObject parse(String text) {
    assertThat(text).endsWith("}\n").hasLineCount(1);
    try (var reader = Json.createReader(new StringReader(text))) {
      return reader.readObject();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "authed_user.id U1234",
        "authed_user.number 9007199254740993",
        "authed_user.nothing ''",
        "authed_user.@keys ['\"id\",\"nothing\",\"number\",\"scope\"']",
        "*user.s?ope chat:write",
        "{authed_user.id} {\"id\":\"U1234\"}",
        "authed_user|@values|# 4"
      })
  void printsTheValueAtAPath(String path, String answer) throws Exception {
    String expected = answer.replace("'", "");
    assertThat(run("slack", "--extra", path)).isEqualTo(new Image.Result(0, expected, ""));
  }

  @Test
  void listsTheKeysWhenAPathFindsNothing() throws Exception {
    var result = run("slack", "--extra", "authed_user.nix");
    assertThat(result.status()).isEqualTo(5);
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .contains("nothing at \"authed_user.nix\"", "their keys are: authed_user")
        .doesNotContain("U1234");
  }

  @Test
  void namesTheColumnOfASyntaxErrorInAPath() throws Exception {
    var result = run("slack", "--extra", "authed_user.#(id");
    assertThat(result.status()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).contains("--extra is no path", "column 14").hasLineCount(1);
  }

  @Test
  void givesTheAccountAsOneObject() throws Exception {
    var result = run("slack", "--output", "json");
    assertThat(result.status()).isZero();
    var account = parse(result.out());
    assertThat(account.getString("access_token")).isEqualTo("xoxp-bananas");
    assertThat(account.getString("type")).isEqualTo("slack");
    assertThat(account.getJsonObject("token_extra").toString()).contains("9007199254740993");
    assertThat(account).doesNotContainKeys("expires_at", "expires_in");
  }

  @Test
  void givesTheExpiryInUtcAndInSeconds() throws Exception {
    coder.fault(
        Fault.json(200, "{\"access_token\":\"t\",\"expires_at\":\"2100-01-01T02:00:00.5+02:00\"}"));
    var account = parse(run("github", "--output=json").out());
    assertThat(account.getString("expires_at")).isEqualTo("2100-01-01T00:00:00Z");
    assertThat(account.getJsonNumber("expires_in").longValueExact()).isPositive();
  }

  @Test
  void treatsTheZeroTimeAsNoExpiry() throws Exception {
    coder.fault(
        Fault.json(200, "{\"access_token\":\"t\",\"expires_at\":\"0001-01-01T00:00:00Z\"}"));
    assertThat(parse(run("github", "--output=json").out())).doesNotContainKey("expires_at");
  }

  @Test
  void givesTheUrlToLogInAtAsAnObject() throws Exception {
    assertThat(run("gitlab", "--output", "json"))
        .isEqualTo(
            new Image.Result(1, "{\"url\":\"" + coder.url() + "/external-auth/gitlab\"}\n", ""));
  }

  @Test
  void givesAnExtraFieldAsJson() throws Exception {
    assertThat(run("slack", "--output", "json", "--extra", "authed_user.id"))
        .isEqualTo(new Image.Result(0, "\"U1234\"\n", ""));
  }

  @Test
  void printsErrorsAsAnObject() throws Exception {
    coder.fault(
        new Fault.Instead(
            403,
            Map.of("Content-Type", "application/json", "X-Coder-Request-Id", "r-1"),
            "{\"message\":\"Forbidden.\"}"));
    var result = run("github", "--output", "json");
    assertThat(result.status()).isEqualTo(4);
    assertThat(result.out()).isEmpty();
    var error = parse(result.err());
    assertThat(error.getInt("code")).isEqualTo(4);
    assertThat(error.getString("error")).contains("HTTP 403: Forbidden");
    assertThat(error.getString("hint")).isNotEmpty();
    assertThat(error.getInt("status")).isEqualTo(403);
    assertThat(error.getString("request_id")).isEqualTo("r-1");
  }

  @Test
  void printsMisuseAsAnObject() throws Exception {
    var result = run("github", "--nonsense", "--output", "json");
    assertThat(result.status()).isEqualTo(2);
    assertThat(parse(result.err()).getString("error")).contains("unknown flag --nonsense");
  }

  @Test
  void refusesAnotherFormat() throws Exception {
    var result = run("github", "--output", "yaml");
    assertThat(result.status()).isEqualTo(2);
    assertThat(result.err()).contains("--output takes text or json");
  }

  @Test
  void listsTheProvidersAsJson() throws Exception {
    var result = Image.run(Map.of(), "auth", "providers", "--output", "json");
    try (var reader = Json.createReader(new StringReader(result.out()))) {
      var names =
          reader.readArray().getValuesAs(JsonObject.class).stream()
              .map(each -> each.getString("name"));
      assertThat(names)
          .contains("token", "token-file", "aws-instance-identity", "google-instance-identity");
    }
  }

  @Test
  void escapesAFieldAtATerminalAlone() throws Exception {
    Programs.need("script");
    String field = "x\\u001b]52;c;eA==\\u0007\\ny\\u202e";
    coder.faultAlways(
        Fault.json(200, "{\"access_token\":\"t\",\"token_extra\":{\"a\":\"" + field + "\"}}"));
    assertThat(run("slack", "--extra", "a").out()).isEqualTo("x\033]52;c;eA==\007\ny\u202e");
    String line = Image.program() + " external-auth access-token slack --extra a";
    var shown = Image.run(List.of("script", "-qec", line, "/dev/null"), environment("A", ""));
    assertThat(shown.out()).isEqualTo("x\\u001b]52;c;eA==\\u0007\r\ny\\u202e");
  }

  private Map<String, String> environment(String name, String value) {
    var environment =
        Map.of("CODER_AGENT_URL", coder.url().toString(), "CODER_AGENT_TOKEN", coder.agentToken());
    return found(Image.with(environment, name, value));
  }

  @Test
  void takesTheTokenAsPeopleHaveIt() throws Exception {
    String token = coder.agentToken();
    for (String text : List.of(token + "\r\n", "\"" + token + "\"", "CODER_AGENT_TOKEN=" + token)) {
      var here = environment("CODER_AGENT_TOKEN", text);
      assertThat(Image.run(here, "external-auth", "access-token", "github"))
          .isEqualTo(new Image.Result(0, "gho_bananas", ""));
    }
  }

  @Test
  void sendsTheHeadersOfAList() throws Exception {
    var here = environment("CODER_HEADER", "X-Team=hunter2hunter,\"X-Floor=1,2\"");
    var result = Image.run(here, "external-auth", "access-token", "github", "-v");
    assertThat(result.status()).isZero();
    assertThat(result.err())
        .contains("CODER_HEADER is a list of 2 headers")
        .doesNotContain("hunter2hunter");
    var request = coder.requests().getFirst();
    assertThat(request.header("x-team")).contains("hunter2hunter");
    assertThat(request.header("x-floor")).contains("1,2");
  }

  @Test
  void refusesAListWithAnOpenQuotationMark() throws Exception {
    var here = environment("CODER_HEADER", "\"X-Team=hunter2");
    var result = Image.run(here, "external-auth", "access-token", "github");
    assertThat(result.status()).isEqualTo(2);
    assertThat(result.err()).contains("a quotation mark is open").doesNotContain("hunter2");
  }
}
