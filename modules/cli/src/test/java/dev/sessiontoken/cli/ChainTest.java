package dev.sessiontoken.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Several providers in {@code --auth}, and {@code auto}. */
class ChainTest extends ProgramTest {
  private static final Ended TOKEN = new Ended(0, "gho_bananas", "");

  @TempDir Path folder;

  private Ended without(String auth, String... words) {
    return run(environment("CODER_AGENT_TOKEN", "", "CODER_AGENT_AUTH", auth), withWords(words));
  }

  private Path file(String content) throws Exception {
    return Files.writeString(folder.resolve("token"), content);
  }

  @ParameterizedTest
  @ValueSource(strings = {"token,token-file", " token , token-file ", "auto", "token,auto"})
  void theFirstThatIsConfiguredObtainsTheToken(String auth) throws Exception {
    assertThat(accessToken("--auth", auth, "github")).isEqualTo(TOKEN);
    var file = file(coder.agentToken()).toString();
    assertThat(without(auth, "--agent-token-file", file, "github")).isEqualTo(TOKEN);
    assertThat(
            run(
                environment("CODER_AGENT_TOKEN", "", "CODER_AGENT_TOKEN_FILE", file),
                withWords("--auth", auth, "github")))
        .isEqualTo(TOKEN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"token,token-file", "auto"})
  void theMessageSaysOfEachWhatItLacks(String auth) {
    var run = without(auth, "github");
    assertThat(run.status()).isEqualTo(3);
    assertThat(run.err())
        .startsWith(
            "coder: find a provider that is configured: none is:"
                + " token (take the agent's token: there is none),"
                + " token-file (read the token file: none is named)");
    assertThat(run.err().lines()).hasSize(1);
    assertThat(coder.requests()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "token,,token-file ~ a name is empty in the list \"token,,token-file\"",
        ",token ~ a name is empty in the list",
        "token, ~ a name is empty in the list",
        "token, token ~ the list names token twice",
        "auto,auto ~ the list names auto twice",
        "token,nope ~ no provider is called \"nope\"",
        "token token-file,token ~ no provider is called \"token token-file\""
      })
  void aListThatCannotBeUsedIsRefused(String auth, String problem) {
    var run = accessToken("--auth", auth, "github");
    assertThat(run.status()).isEqualTo(3);
    assertThat(run.err()).startsWith("coder: choose how to prove the agent: " + problem);
    assertThat(coder.requests()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"agent-token-file", "token-file.agent-token-file"})
  void anOptionGoesToTheProviderThatTakesIt(String option) throws Exception {
    var given = option + "=" + file(coder.agentToken());
    assertThat(without("token,token-file", "--auth-option", given, "github")).isEqualTo(TOKEN);
    assertThat(without("token-file", "--auth-option", given, "github")).isEqualTo(TOKEN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"nope=s3cr3t", "nope.agent-token=s3cr3t", "token.nope=s3cr3t"})
  void anOptionThatNoProviderTakesIsMisuse(String option) {
    var run = accessToken("--auth", "token,token-file", "--auth-option", option, "github");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err())
        .contains("takes the option", "they take agent-token, agent-token-file")
        .doesNotContain("s3cr3t");
  }

  @Test
  void verboseOutputSaysWhichProviderIsUsed() throws Exception {
    var file = file(coder.agentToken()).toString();
    var run = without("token,token-file", "-v", "--agent-token-file", file, "github");
    assertThat(run.err())
        .contains(
            "the agent is proved by the first that is configured: token-file",
            "obtain a session token by token-file")
        .doesNotContain(coder.agentToken());
  }

  @Test
  void theListOfProvidersShowsTheOrderOfAuto() {
    assertThat(run(Map.of(), "auth", "providers").out())
        .contains("auto  (the first that is configured: token, token-file)\n");
    assertThat(run(Map.of(), "auth", "providers", "--output", "json").out())
        .contains("\"name\":\"auto\",\"kind\":\"the first that is configured\"");
  }
}
