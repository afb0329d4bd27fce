package dev.sessiontoken.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.sessiontoken.testkit.FakeCoder;
import dev.sessiontoken.testkit.Fault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Failures: one line on standard error, nothing on standard output, the documented exit code. */
class BadInputIT {
  private static final String WORDS = "external-auth access-token";

  private final FakeCoder coder = FakeCoder.start();

  @AfterEach
  void stop() {
    coder.close();
  }

  private Map<String, String> environment() {
    return Map.of(
        "CODER_AGENT_URL", coder.url().toString(), "CODER_AGENT_TOKEN", coder.agentToken());
  }

  static Stream<Arguments> answers() {
    return Stream.of(
        arguments(
            "403",
            Fault.json(403, "{\"message\":\"Forbidden.\",\"detail\":\"no_user_data\"}"),
            4,
            "Forbidden. no_user_data"),
        arguments(
            "500",
            Fault.json(
                500,
                "{\"message\":\"Boom.\",\"validations\":[{\"field\":\"a\",\"detail\":\"b\"}]}"),
            6,
            "HTTP 500: Boom.; a: b"),
        arguments("502 page", Fault.html(502), 6, "HTTP 502: an HTML page"),
        arguments("429", Fault.json(429, "{\"message\":\"Slow down.\"}"), 6, "HTTP 429: Slow down"),
        arguments("login page", Fault.html(200), 7, "an HTML page instead of JSON"),
        arguments("page as JSON", Fault.json(200, "<html>"), 7, "broken JSON at line 1"),
        arguments(
            "redirect",
            Fault.redirect("https://login.example.com/x?secret"),
            7,
            "a redirect to https://login.example.com,"),
        arguments("empty", Fault.json(200, ""), 7, "an empty body"),
        arguments("cut JSON", Fault.json(200, "{\"access_token\":\"t"), 7, "broken JSON|cut short"),
        arguments("array", Fault.json(200, "[]"), 7, "not an object"),
        arguments(
            "neither token nor URL",
            Fault.json(200, "{\"access_token\":\"\",\"url\":\"\"}"),
            7,
            "neither a token nor a URL"),
        arguments(
            "number as token",
            Fault.json(200, "{\"access_token\":7}"),
            7,
            "access_token is not a string"),
        arguments(
            "token of two lines",
            Fault.json(200, "{\"access_token\":\"a\\nb\"}"),
            7,
            "control characters"),
        arguments(
            "URL with javascript:",
            Fault.json(200, "{\"url\":\"javascript:alert(1)\"}"),
            7,
            "no http or https URL"),
        arguments(
            "JSON of 500 levels",
            Fault.json(200, "{\"token_extra\":" + "[".repeat(500) + "]".repeat(500) + "}"),
            7,
            "JSON nested deeper than 64 levels"),
        arguments("no content", Fault.json(204, ""), 7, "HTTP 204"),
        arguments(
            "unknown route",
            Fault.json(404, "{\"message\":\"Route not found.\"}"),
            7,
            "Route not found"),
        arguments(
            "unknown provider",
            Fault.json(404, "{\"message\":\"No.\",\"detail\":\"None.\"}"),
            5,
            "\"github\": HTTP 404: No. None"),
        arguments(
            "connection closed",
            new Fault.HangUp(),
            6,
            "closed without an answer|connection broke"),
        arguments("cut short", new Fault.CutShort(), 7, "cut short"),
        arguments("endless", new Fault.Endless(), 7, "larger than 1048576 bytes"),
        arguments(
            "control characters in the message",
            Fault.json(403, "{\"message\":\"a\\u001b[2Jb\\nc\"}"),
            4,
            "a\\\\u001b\\[2Jb\\\\nc"),
        arguments(
            "message of 500,000 characters",
            Fault.json(403, "{\"message\":\"" + "x".repeat(500_000) + "\"}"),
            4,
            "cut: 500000 characters"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("answers")
  void saysWhatIsWrongWithTheAnswer(String name, Fault fault, int status, String message)
      throws Exception {
    coder.faultAlways(fault); // always: some of these faults are retried
    var result = Image.run(environment(), "external-auth", "access-token", "github");
    check(result, status, message);
    assertThat(result.err()).doesNotContain(coder.agentToken()).hasSizeLessThan(2500);
  }

  @Test
  void endsByItsTimeLimitWhenTheServerDoesNotAnswer() throws Exception {
    coder.fault(new Fault.Silence());
    var result =
        Image.run(environment(), "external-auth", "access-token", "github", "--timeout", "300ms");
    check(result, 6, "time limit reached while waiting for an answer");
  }

  static Stream<Arguments> calls() {
    return Stream.of(
        arguments(Map.of("CODER_AGENT_URL", ""), WORDS + " github", 3, "its URL is not given"),
        arguments(Map.of("CODER_AGENT_TOKEN", ""), WORDS + " github", 3, "CODER_AGENT_TOKEN"),
        arguments(
            Map.of("CODER_AGENT_URL", "", "CODER_AGENT_TOKEN", ""),
            WORDS + " github",
            3,
            "neither its URL nor an agent token"),
        arguments(
            Map.of("CODER_AGENT_URL", "ftp://h"), WORDS + " github", 3, "neither http nor https"),
        arguments(Map.of("CODER_AGENT_URL", "coder.example.com"), WORDS + " github", 3, "https://"),
        arguments(
            Map.of("CODER_AGENT_URL", "http://u:hunter2@h"),
            WORDS + " github",
            3,
            "user name or password"),
        arguments(Map.of("CODER_AGENT_URL", "http://h h"), WORDS + " github", 3, "no URL"),
        arguments(
            Map.of("CODER_AGENT_URL", "http://nohost.invalid"),
            WORDS + " github",
            6,
            "nohost.invalid cannot be resolved"),
        arguments(
            Map.of("CODER_AGENT_URL", "http://127.0.0.1:1"),
            WORDS + " github",
            6,
            "cannot connect"),
        arguments(Map.of("CODER_AGENT_TOKEN", "two\nlines"), WORDS + " github", 3, "white space"),
        arguments(
            Map.of("CODER_AGENT_TOKEN", "hunter2"),
            WORDS + " github",
            4,
            "Workspace agent token invalid. An agent token must be"),
        arguments(
            Map.of("CODER_AGENT_TOKEN", "00000000-0000-4000-8000-000000000000"),
            WORDS + " github",
            4,
            "Workspace agent not authorized. The agent cannot"),
        arguments(
            Map.of("CODER_AGENT_AUTH", "kerberos"),
            WORDS + " github",
            3,
            "\"kerberos\".*take .*token, token-file"),
        arguments(Map.of(), WORDS + " github --auth token-file", 3, "none is named"),
        arguments(Map.of(), WORDS + " github --auth-option x=hunter2", 2, "takes no option x"),
        arguments(Map.of(), WORDS, 2, "one argument, the provider, but got 0"),
        arguments(Map.of(), WORDS + " a b", 2, "but got 2"),
        arguments(Map.of(), WORDS + " github --tokn=hunter2", 2, "unknown flag --tokn;"),
        arguments(Map.of(), WORDS + " github --agent-token", 2, "--agent-token needs a value"),
        arguments(Map.of(), WORDS + " github --timeout soon", 2, "--timeout .* duration"),
        arguments(Map.of(), WORDS + " github --timeout 0s", 2, "--timeout"),
        arguments(Map.of(), "external-auth", 2, "no command is given"),
        arguments(Map.of(), "external-auth foo", 2, "unknown command \"external-auth foo\""),
        arguments(Map.of(), "idontexist", 2, "unknown command \"idontexist\""),
        arguments(Map.of(), WORDS + " slack --extra nothing", 5, "their keys are: authed_user"),
        arguments(Map.of(), WORDS + " github --extra hey", 5, "no extra fields"));
  }

  @ParameterizedTest(name = "{1} with {0}")
  @MethodSource("calls")
  void saysWhatIsWrongWithTheCall(
      Map<String, String> changes, String line, int status, String message) throws Exception {
    var environment = new java.util.HashMap<>(environment());
    environment.putAll(changes);
    check(Image.run(environment, line.split(" ")), status, message);
  }

  static Stream<Arguments> files() {
    return Stream.of(
        arguments("", "it is empty"),
        arguments(" \n\t\n", "it is empty"),
        arguments("hunter2\nhunter2\n", "more than one line"),
        arguments("hunter2 hunter2", "white space"),
        arguments("hunter2\0", "binary"),
        arguments("hunter2".repeat(10_000), "larger than 64 KiB"));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("files")
  void saysWhatIsWrongWithTheTokenFile(String content, String message, @TempDir Path folder)
      throws Exception {
    var file = Files.writeString(folder.resolve("the token"), content);
    check(runWithFile(file), 3, "the token file .*the token: .*" + message);
  }

  @Test
  void saysThatTheTokenFileIsMissingOrADirectory(@TempDir Path folder) throws Exception {
    check(runWithFile(folder.resolve("missing")), 3, "missing: there is no such file");
    check(runWithFile(folder), 3, "it is a directory");
  }

  @Test
  void doesNotHangOnAPipeWithoutAWriter(@TempDir Path folder) throws Exception {
    var pipe = folder.resolve("pipe");
    assertThat(Image.run(List.of("/usr/bin/mkfifo", pipe.toString()), Map.of()).status()).isZero();
    check(runWithFile(pipe, "--timeout", "300ms"), 6, "time limit reached");
  }

  private Image.Result runWithFile(Path file, String... flags) throws Exception {
    var environment =
        Image.with(
            Image.without(environment(), "CODER_AGENT_TOKEN"),
            "CODER_AGENT_TOKEN_FILE",
            file.toString());
    var args = new ArrayList<>(List.of("external-auth", "access-token", "github"));
    args.addAll(List.of(flags));
    return Image.run(environment, args.toArray(String[]::new));
  }

  private static void check(Image.Result result, int status, String message) {
    assertThat(result.status()).as(result.err()).isEqualTo(status);
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .startsWith("coder: ")
        .containsPattern(message)
        .endsWith("\n")
        .hasLineCount(1)
        .doesNotContain("hunter2", "\u001b");
  }
}
