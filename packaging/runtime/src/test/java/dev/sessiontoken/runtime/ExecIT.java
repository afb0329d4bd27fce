package dev.sessiontoken.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sessiontoken.testkit.FakeCoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code coder exec} becomes the command: its process, streams, environment and exit code. */
class ExecIT {
  private final FakeCoder coder = FakeCoder.start();

  @TempDir private Path folder;

  @AfterEach
  void close() {
    coder.close();
  }

  private Map<String, String> environment() {
    var environment = new HashMap<String, String>();
    environment.put("CODER_AGENT_URL", coder.url().toString());
    environment.put("CODER_AGENT_TOKEN", coder.agentToken());
    environment.put("PATH", Programs.PATH);
    environment.put("HOME", folder.toString());
    return environment;
  }

  private Image.Result exec(String... args) throws Exception {
    var line = new ArrayList<>(List.of("exec"));
    line.addAll(List.of(args));
    return Image.run(environment(), line.toArray(String[]::new));
  }

  private Image.Result shell(String script, Map<String, String> environment) throws Exception {
    String line = script.replace("coder", Image.program().toString());
    return Image.run(List.of("sh", "-c", line), environment);
  }

  @Test
  void setsTheVariablesAndNothingElse() throws Exception {
    var environment = environment();
    environment.putAll(Map.of("LC_ALL", "C", "bin", "b", "lines", "l", "JAVA_TOOL_OPTIONS", "-x"));
    var plain = new ArrayList<>(Image.run(List.of("env"), environment).out().lines().toList());
    plain.removeIf(line -> line.startsWith("CODER_AGENT_TOKEN="));
    plain.addAll(List.of("GH_TOKEN=gho_bananas", "GITHUB_TOKEN=gho_bananas"));
    var result = Image.run(environment, "exec", "github", "--", "env");
    assertThat(result.err()).isEmpty();
    assertThat(
            result.out().lines().filter(line -> !line.startsWith("_=") && !line.startsWith("PWD=")))
        .containsExactlyInAnyOrderElementsOf(
            plain.stream()
                .filter(line -> !line.startsWith("_=") && !line.startsWith("PWD="))
                .toList());
  }

  @ParameterizedTest
  @CsvSource({"exit 42,42", "kill -TERM $$,143", "kill -INT $$,130"})
  void hasTheExitCodeOfTheCommand(String script, int status) throws Exception {
    assertThat(exec("github", "--", "sh", "-c", script).status()).isEqualTo(status);
  }

  @Test
  void endsAsAShellDoesIfTheCommandCannotBeStarted() throws Exception {
    assertThat(exec("github", "--", "/nowhere/x").status()).isEqualTo(127);
    assertThat(exec("github", "--", folder.toString()).status()).isEqualTo(126);
  }

  @Test
  void leavesOneProcessWithTheSameId() throws Exception {
    var result =
        shell(
            "echo $$; exec coder exec github -- sh -c 'echo $$; ls /proc/$$/task | wc -l'",
            environment());
    var lines = result.out().lines().toList();
    assertThat(lines.get(1)).isEqualTo(lines.get(0));
    assertThat(lines.get(2)).isEqualTo("1");
  }

  @Test
  void leavesStandardInputToTheCommand() throws Exception {
    assertThat(shell("printf 'a\\nb' | coder exec github -- cat", environment()).out())
        .isEqualTo("a\nb");
  }

  @Test
  void leavesClosedStreamsClosed() throws Exception {
    String script = "coder exec github -- sh -c '{ true 3<&0; } 2>/dev/null || echo closed' <&-";
    assertThat(shell(script, environment()).out()).isEqualTo("closed\n");
  }

  @Test
  void keepsArgumentsAsTheyAre() throws Exception {
    String long1 = "x".repeat(100_000);
    var result =
        exec("github", "--", "printf", "[%s]", "a b", "", "--", "*", "$HOME", "-v", "\n", long1);
    assertThat(result.out()).isEqualTo("[a b][][--][*][$HOME][-v][\n][" + long1 + "]");
  }

  @Test
  void setsWhatTheProgramsAskFor() throws Exception {
    var result =
        exec(
            "github",
            "--env",
            "bin",
            "--with",
            "slack",
            "--env=coder_lines",
            "--",
            "sh",
            "-c",
            "echo $bin $coder_lines $GH_TOKEN");
    assertThat(result.out()).isEqualTo("gho_bananas xoxp-bananas\n");
  }

  @Test
  void takesTheAgentTokenAwayUnlessAsked() throws Exception {
    String show = "echo token=$CODER_AGENT_TOKEN";
    assertThat(exec("github", "--", "sh", "-c", show).out()).isEqualTo("token=\n");
    assertThat(exec("github", "--keep-agent-token", "--", "sh", "-c", show).out())
        .isEqualTo("token=" + coder.agentToken() + "\n");
  }

  @Test
  void runsNothingIfTheUserMustLogInFirst() throws Exception {
    var result = exec("gitlab", "--", "touch", folder.resolve("x").toString());
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).contains(coder.url() + "/external-auth/gitlab");
    assertThat(folder.resolve("x")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "exec github",
        "exec github --",
        "exec",
        "exec -- true",
        "exec --nonsense x -- true"
      })
  void isRefusedIfSomethingIsMissing(String line) throws Exception {
    var result = Image.run(environment(), line.split(" ", -1));
    assertThat(result.status()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).startsWith("coder: ").hasLineCount(1);
  }

  @Test
  void runsInAFolderThatWasDeleted() throws Exception {
    var gone = Files.createDirectory(folder.resolve("gone"));
    var result =
        shell(
            "cd " + gone + " && rmdir " + gone + " && coder exec github -- readlink /proc/self/cwd",
            environment());
    assertThat(result.out()).isEqualTo(gone + " (deleted)\n");
  }
}
