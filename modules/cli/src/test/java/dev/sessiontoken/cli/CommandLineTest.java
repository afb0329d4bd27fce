package dev.sessiontoken.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sessiontoken.cli.args.Flag;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Places of flags on the command line, misuse, and precedence of flags over variables. */
class CommandLineTest extends ProgramTest {
  private static final Ended TOKEN = new Ended(0, "gho_bananas", "");

  /**
   * Runs a line of words separated by single spaces; {@code URL} and {@code TOKEN} are filled in.
   */
  private Ended line(String line) {
    var args = line.split(" ", -1);
    for (int i = 0; i < args.length; i++) {
      args[i] = args[i].replace("URL", coder.url().toString()).replace("TOKEN", coder.agentToken());
    }
    return run(Map.of(), args);
  }

  @Nested
  class Places {

    @ParameterizedTest
    @ValueSource(
        strings = {
          "external-auth access-token --agent-url URL --agent-token TOKEN github",
          "external-auth access-token github --agent-url URL --agent-token TOKEN",
          "external-auth access-token --agent-url URL github --agent-token TOKEN",
          "--agent-url URL --agent-token TOKEN external-auth access-token github",
          "--agent-url URL external-auth --agent-token TOKEN access-token github",
          "external-auth access-token --agent-url=URL --agent-token=TOKEN github",
          "--agent-url=URL --agent-token=TOKEN external-auth access-token github",
          "external-auth access-token --agent-url URL --agent-token TOKEN -- github",
          "external-auth access-token --agent-url URL --agent-token x --agent-token TOKEN github"
        })
    void flagsMayStandAnywhere(String line) {
      assertThat(line(line)).isEqualTo(TOKEN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-github", "--github", "--agent-url", "--", "@file", "-", "--x=y"})
    void whatFollowsTheDashesIsTheProvider(String id) {
      assertThat(accessToken("--", id).status()).isEqualTo(5);
      assertThat(coder.requests().getFirst().query()).containsEntry("id", id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"@file", "-", "a=b"})
    void otherIdsNeedNoDashes(String id) {
      assertThat(accessToken(id).status()).isEqualTo(5);
      assertThat(coder.requests().getFirst().query()).containsEntry("id", id);
    }

    @Test
    void everyFlagOfEveryCommandMayStandBeforeItsWords() {
      for (var command : Program.commands()) {
        var words = List.of(command.words().split(" "));
        for (var flag : command.flags()) {
          boolean takesNext = !flag.isSwitch() && flag.bareValue().isEmpty();
          var line = new ArrayList<>(List.of(flag.name()));
          if (takesNext) line.add("text");
          line.addAll(words);
          line.add("--help");
          var run = run(Map.of(), line.toArray(new String[0]));
          assertThat(run.out()).as("%s", line).startsWith("Usage: coder " + command.words());
        }
      }
    }

    @Test
    void flagsOfTheSameNameAreTheSameFlag() {
      var flags = new HashMap<String, Flag>();
      for (var command : Program.commands()) {
        for (var flag : command.flags()) {
          assertThat(flags.getOrDefault(flag.name(), flag)).isEqualTo(flag);
          flags.put(flag.name(), flag);
        }
      }
      assertThat(flags).hasSizeGreaterThan(20);
    }

    @Test
    void aFlagOfAnotherCommandIsUnknown() {
      misused(
          run(Map.of(), "--wait", "version"), "unknown flag --wait; see \"coder version --help\"");
    }

    @Test
    void theOutputFormatAppliesToErrorsOfEarlierFlags() {
      var run = run(Map.of(), "--bogus", "auth", "providers", "--output", "json");
      assertThat(run.err()).startsWith("{").contains("unknown flag --bogus");
      assertThat(run(Map.of(), "--output", "auth", "--bogus").err()).startsWith("coder: ");
    }

    @Test
    void anAtSignDoesNotReadAFile(@TempDir Path folder) throws Exception {
      var file = Files.writeString(folder.resolve("args"), "github");
      assertThat(accessToken("@" + file).status()).isEqualTo(5);
      assertThat(coder.requests().getFirst().query()).containsEntry("id", "@" + file);
    }

    @Test
    void aFlagTakesTheNextArgumentEvenIfItStartsWithDashes() {
      assertThat(accessToken("--auth", "--verbose", "github").err()).contains("\"--verbose\"");
    }

    @Test
    void aValueMayHoldAnEqualsSign() {
      assertThat(accessToken("--auth=a=b", "github").err()).contains("\"a=b\"");
    }
  }

  @Nested
  class Misuse {

    @ParameterizedTest
    @ValueSource(strings = {"--agent-tokne=s3cr3t", "--nope", "-x", "--agent-token-s=s3cr3t"})
    void anUnknownFlagIsNamedWithoutItsValue(String flag) {
      var run = accessToken(flag, "github");
      misused(run, "unknown flag " + flag.replace("=s3cr3t", ""));
      assertThat(run.err()).doesNotContain("s3cr3t").contains("access-token --help");
      assertThat(coder.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "--agent-url",
          "--agent-token",
          "--auth",
          "--extra",
          "--timeout",
          "--auth-option"
        })
    void aFlagWithoutItsValueIsNamed(String flag) {
      misused(accessToken("github", flag), flag + " needs a value");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--verbose", "-v", "--help", "-h"})
    void aSwitchTakesNoValue(String flag) {
      misused(accessToken("github", flag + "=s3cr3t"), flag + " takes no value");
    }

    @Test
    void noProvider() {
      misused(accessToken(), "external-auth access-token takes one argument, the provider, but");
      misused(accessToken(), "but got 0");
    }

    @Test
    void twoProviders() {
      var run = accessToken("s3cr3t", "s3cr3t");
      misused(run, "but got 2");
      assertThat(run.err()).doesNotContain("s3cr3t");
    }

    @Test
    void anEmptyProvider() {
      misused(accessToken(""), "the provider's id is empty");
      assertThat(coder.requests()).isEmpty();
    }

    @Test
    void anArgumentWhereNoneIsTaken() {
      misused(run(Map.of(), "version", "x"), "version takes no argument, but got 1");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"nope", "external-auth nope", "version2", "external-authx", "access-token"})
    void anUnknownCommand(String line) {
      misused(line(line), "unknown command \"" + line + "\"; \"coder --help\" lists them");
    }

    @Test
    void anUnknownCommandWithControlCharacters() {
      misused(run(Map.of(), "a\u001b[2J"), "unknown command \"a\\u001b[2J\"");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "--agent-token= s3cr3t external-auth",
          "s3cr3t-canary-0",
          "auth s3cr3t-canary-0"
        })
    void aWordThatMayBeASecretIsNotRepeated(String line) {
      var run = line(line);
      misused(run, "unknown command (it may be a secret)");
      assertThat(run.err()).doesNotContain("s3cr3t");
    }

    @Test
    void noCommand() {
      misused(run(Map.of()), "no command is given; \"coder --help\" lists them");
      misused(line("external-auth"), "\"coder external-auth --help\" lists them");
      misused(line("auth -v"), "\"coder auth --help\" lists them");
    }
  }

  @Nested
  class Sources {

    @Test
    void aFlagOverridesItsVariable() {
      var environment = environment("CODER_AGENT_TOKEN", "x", "CODER_AGENT_URL", "http://h:0");
      assertThat(
              run(
                  environment,
                  withWords(
                      "--agent-token",
                      coder.agentToken(),
                      "--agent-url",
                      coder.url().toString(),
                      "github")))
          .isEqualTo(TOKEN);
    }

    @Test
    void anEmptyVariableCountsAsUnset() {
      var environment =
          environment(
              "CODER_AGENT_AUTH", "",
              "CODER_AGENT_TOKEN_FILE", "",
              "CODER_TIMEOUT", "",
              "CODER_VERBOSE", "");
      assertThat(run(environment, withWords("github"))).isEqualTo(TOKEN);
    }

    @Test
    void theVariableOfTheAuthFlagIsRead() {
      var run = run(environment("CODER_AGENT_AUTH", "nope"), withWords("github"));
      assertThat(run.status()).isEqualTo(3);
      assertThat(run.err()).contains("no provider is called \"nope\"");
    }

    @Test
    void aTokenFileIsUsedWithoutAToken(@TempDir Path folder) throws Exception {
      var file = Files.writeString(folder.resolve("token"), coder.agentToken() + "\n").toString();
      var environment = environment("CODER_AGENT_TOKEN", "");
      assertThat(run(environment, withWords("--agent-token-file", file, "github")))
          .isEqualTo(TOKEN);
      environment.put("CODER_AGENT_TOKEN_FILE", file);
      assertThat(run(environment, withWords("github"))).isEqualTo(TOKEN);
    }

    @Test
    void aTokenOverridesATokenFile(@TempDir Path folder) {
      String none = folder.resolve("none").toString();
      var environment = environment("CODER_AGENT_TOKEN_FILE", none);
      assertThat(run(environment, withWords("github"))).isEqualTo(TOKEN);
      assertThat(run(environment, withWords("--agent-token-file", none, "github")))
          .isEqualTo(TOKEN);
    }

    @Test
    void aTokenFileChosenByAuthOverridesAToken(@TempDir Path folder) throws Exception {
      var file = Files.writeString(folder.resolve("token"), coder.agentToken());
      var environment =
          environment(
              "CODER_AGENT_TOKEN", UUID.randomUUID().toString(),
              "CODER_AGENT_AUTH", "token-file",
              "CODER_AGENT_TOKEN_FILE", file.toString());
      assertThat(run(environment, withWords("github"))).isEqualTo(TOKEN);
    }

    @Test
    void anOptionOfTheProviderOverridesItsVariable() {
      var environment = environment("CODER_AGENT_TOKEN", "x");
      String option = "agent-token=" + coder.agentToken();
      assertThat(run(environment, withWords("--auth-option", option, "github"))).isEqualTo(TOKEN);
    }

    @Test
    void anUnknownOptionOfTheProviderIsNamedWithoutItsValue() {
      var run = accessToken("--auth-option", "nope=s3cr3t", "github");
      misused(run, "token takes no option nope; it takes agent-token");
      assertThat(run.err()).doesNotContain("s3cr3t");
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3cr3t", "=s3cr3t", ""})
    void aMalformedOptionOfTheProviderIsNotRepeated(String option) {
      var run = accessToken("--auth-option", option, "github");
      misused(run, "--auth-option wants NAME=VALUE");
      assertThat(run.err()).doesNotContain("s3cr3t");
    }
  }

  @Test
  void anEmptyValueDoesNotPrintTheVersion() {
    assertThat(run(Map.of(), "--timeout", "").status()).isEqualTo(2);
  }
}
