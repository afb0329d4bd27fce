package dev.sessiontoken.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sessiontoken.runtime.Image.Result;
import dev.sessiontoken.testkit.FakeCoder;
import dev.sessiontoken.testkit.ProviderJar;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The provider {@code command}, and chains of providers, in the image. */
@Timeout(120)
class AuthCommandIT {
  private static final Result TOKEN = new Result(0, "gho_bananas", "");

  private final FakeCoder coder = FakeCoder.start();

  @TempDir Path folder;

  @AfterEach
  void close() {
    coder.close();
  }

  private Map<String, String> environment(String auth, String command) {
    var environment = new HashMap<String, String>();
    environment.put("CODER_AGENT_URL", coder.url().toString());
    environment.put("CODER_AGENT_AUTH", auth);
    environment.put("CODER_AUTH_COMMAND", command);
    environment.put("PATH", Programs.PATH);
    environment.put("TOKEN", coder.agentToken());
    return environment;
  }

  private Result script(String script, String... flags) throws Exception {
    var args = new ArrayList<>(List.of("external-auth", "access-token", "github"));
    args.addAll(List.of(flags));
    return Image.run(environment("command", "sh -c '" + script + "'"), args.toArray(String[]::new));
  }

  @Test
  void theTokenIsWhatTheCommandPrints() throws Exception {
    assertThat(script("echo $TOKEN")).isEqualTo(TOKEN);
    assertThat(script("echo \"{\\\"token\\\":\\\"$TOKEN\\\",\\\"expires\\\":null}\""))
        .isEqualTo(TOKEN);
    var environment = environment("command", "[\"sh\", \"-c\", \"echo $TOKEN\"]");
    assertThat(Image.run(environment, "external-auth", "access-token", "github")).isEqualTo(TOKEN);
  }

  @Test
  void itsStandardErrorIsPassedOnWithoutTheToken() throws Exception {
    var run = script("set -x; echo $TOKEN");
    assertThat(run.out()).isEqualTo("gho_bananas");
    assertThat(run.err())
        .contains("coder: auth command: + echo [secret]\n")
        .doesNotContain(coder.agentToken());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "echo no access >&2; exit 2 ~ 4 ~ exit status 2: no access",
        "exit 3 ~ 3 ~ exit status 3",
        "exit 6 ~ 6 ~ exit status 6",
        "exit 7 ~ 7 ~ exit status 7",
        "nonexistent-program ~ 3 ~ exit status 127",
        "kill -9 $$ ~ 6 ~ signal 9 ended it",
        "echo $TOKEN $TOKEN ~ 7 ~ it prints white space",
        "cat /dev/zero ~ 7 ~ it prints more than 64 KiB",
        "sleep 600 ~ 6 ~ time limit reached",
        "sleep 600 & wait ~ 6 ~ time limit reached",
        "yes >&2 ~ 6 ~ time limit reached"
      })
  void aFailureHasAnExitCode(String script, int status, String problem) throws Exception {
    var run = script(script, "--timeout", "3s");
    assertThat(run.status()).isEqualTo(status);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .contains("coder: run the command sh: " + problem)
        .doesNotContain(coder.agentToken());
    assertThat(run.err().lines()).hasSizeLessThan(30);
  }

  @Test
  void aChildInTheBackgroundDelaysNothing() throws Exception {
    assertThat(script("sleep 600 & echo $TOKEN")).isEqualTo(TOKEN);
  }

  @Test
  void theCommandGetsTheUsersVariablesWithoutSecrets() throws Exception {
    var variables = folder.resolve("variables");
    var environment = environment("command", "sh -c 'env >" + variables + "; echo $TOKEN'");
    environment.put("CODER_AGENT_TOKEN", "s3cr3t-1");
    environment.put("CODER_HEADER", "A=s3cr3t-2");
    environment.put("CODER_SESSION_TOKEN", "s3cr3t-3");
    environment.put("LC_ALL", "de_DE.UTF-8");
    assertThat(Image.run(environment, "external-auth", "access-token", "github")).isEqualTo(TOKEN);
    assertThat(Files.readString(variables))
        .contains("CODER_URL=" + coder.url() + "\n", "LC_ALL=de_DE.UTF-8\n")
        .doesNotContain("s3cr3t", "CODER_AUTH_COMMAND", "MALLOC_ARENA_MAX");
  }

  @ParameterizedTest
  @CsvSource({"TERM, 143", "INT, 130"})
  void aSignalEndsTheCommandAsWell(String signal, int status) throws Exception {
    var pipe = folder.resolve("pipe");
    Programs.run("/usr/bin/mkfifo", pipe.toString());
    var command = "sh -c 'echo $$ >" + pipe + "; exec sleep 600'";
    var running =
        Image.start(
            List.of(Image.program().toString(), "external-auth", "access-token", "github"),
            environment("command", command));
    long child = Long.parseLong(Files.readString(pipe).strip()); // waits until the command runs
    Programs.run("/bin/kill", "-" + signal, Long.toString(running.process().pid()));
    assertThat(running.result().status()).isEqualTo(status);
    assertThat(isRunning(child)).isFalse();
  }

  /** A process that has ended stays in the table as a zombie until its parent asks for it. */
  private static boolean isRunning(long process) throws Exception {
    var file = new File("/proc/" + process + "/stat");
    return file.exists() && !Files.readString(file.toPath()).contains(") Z ");
  }

  @Test
  void aChainTakesTheFirstThatIsConfigured() throws Exception {
    var words = new String[] {"external-auth", "access-token", "github"};
    for (String auth : List.of("token,command", "auto")) {
      assertThat(Image.run(environment(auth, "sh -c 'echo $TOKEN'"), words)).isEqualTo(TOKEN);
    }
    var none = Image.run(environment("auto", ""), words);
    assertThat(none.status()).isEqualTo(3);
    assertThat(none.err())
        .contains("token (", "token-file (", "command (", "aws-instance-identity (");
    assertThat(none.err().lines()).hasSize(1);
  }

  @Test
  void aDroppedInProviderOfAChainIsLoadedOnlyWhenTheChainComesToIt() throws Exception {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    var providers = Files.createDirectory(folder.resolve("providers"));
    Files.setPosixFilePermissions(providers, PosixFilePermissions.fromString("rwxr-xr-x"));
    new ProviderJar(Files.createDirectory(folder.resolve("build")))
        .members(
            """
            @Override public List<ProviderOption> options() {
              return List.of(ProviderOption.secret("t", "STRANGE_TOKEN", "the token").asRequired());
            }
            """)
        .automatic(providers.resolve("strange.jar"));
    var environment = environment("strange,command", "sh -c 'echo $TOKEN'");
    environment.put("CODER_AUTH_PROVIDER_PATH", providers.toString());
    var words = new String[] {"external-auth", "access-token", "github"};
    assertThat(Image.run(environment, words)).isEqualTo(TOKEN); // strange lacks its option
    environment.put("CODER_AUTH_COMMAND", "");
    environment.put("STRANGE_TOKEN", coder.agentToken());
    assertThat(Image.run(environment, words)).isEqualTo(TOKEN);
    environment.put("CODER_AGENT_AUTH", "command,strange");
    assertThat(Image.run(environment, words)).isEqualTo(TOKEN);
  }
}
