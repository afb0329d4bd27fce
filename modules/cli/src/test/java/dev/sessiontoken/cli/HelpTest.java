package dev.sessiontoken.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HelpTest extends ProgramTest {

  private static String help(String... args) {
    var run = run(Map.of(), args);
    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isZero();
    assertThat(run.out()).startsWith("Usage: coder ").endsWith("\n");
    return run.out();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--help", "-h", "-v --help"})
  void ofTheProgramListsEveryCommand(String line) {
    assertThat(help(line.split(" ", -1)))
        .contains("  external-auth access-token\n", "  auth providers\n", "  version\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"external-auth --help", "--help external-auth", "external-auth -h"})
  void ofAGroupListsOnlyItsCommands(String line) {
    assertThat(help(line.split(" ", -1)))
        .startsWith("Usage: coder external-auth COMMAND")
        .contains("external-auth access-token")
        .doesNotContain("version");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "external-auth access-token --help",
        "external-auth access-token -h",
        "--help external-auth access-token",
        "external-auth access-token github --help",
        "external-auth access-token a b c --help",
        "external-auth access-token --timeout nonsense --help"
      })
  void ofACommandShowsEachFlagWithItsVariableAndDefault(String line) {
    assertThat(help(line.split(" ", -1)))
        .startsWith("Usage: coder external-auth access-token [flags] <provider>\n")
        .contains(
            "--agent-url URL, $CODER_AGENT_URL\n",
            "--agent-token TOKEN, $CODER_AGENT_TOKEN\n",
            "--agent-token-file FILE, $CODER_AGENT_TOKEN_FILE\n",
            "--auth NAME, $CODER_AGENT_AUTH (default: token)\n",
            "--auth-option NAME=VALUE\n",
            "may be repeated",
            "--timeout DURATION, $CODER_TIMEOUT (default: 30s)\n",
            "-v, --verbose, $CODER_VERBOSE\n",
            "-h, --help\n",
            "--extra PATH\n");
  }

  @Test
  void fitsATerminalOfEightyColumns() {
    var words =
        help("--help")
            .lines()
            .filter(line -> line.matches("  [a-z].*"))
            .map(String::strip)
            .toList();
    assertThat(words).contains("version", "setup git");
    for (String each : words) {
      assertThat(help((each + " --help").split(" ", -1)).lines())
          .allSatisfy(line -> assertThat(line).hasSizeLessThan(81));
    }
    assertThat(help("--help").lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(81));
  }

  @Test
  void sendsNoRequest() {
    assertThat(accessToken("github", "--help").status()).isZero();
    assertThat(coder.requests()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"version", "--version"})
  void theVersionIsOneLine(String word) {
    var run = run(Map.of(), word);
    assertThat(run.out()).matches("sessiontoken \\S+\n");
    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isZero();
  }

  @Test
  void theProvidersAreListedWithOriginAndOptions() {
    var run = run(Map.of("CODER_AGENT_TOKEN", "s3cr3t"), "auth", "providers");
    assertThat(run.status()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .contains(
            "token  (linked in: ",
            "token-file  (linked in: ",
            "    agent-token  $CODER_AGENT_TOKEN  the agent's session token (secret)\n",
            "    agent-token-file  $CODER_AGENT_TOKEN_FILE  a file that holds the agent's token\n")
        .doesNotContain("s3cr3t")
        .endsWith("\n");
    assertThat(run.out().indexOf("token  (")).isLessThan(run.out().indexOf("token-file  ("));
  }
}
