package dev.sessiontoken.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code CODER_VERBOSE=/path}: steps go to a file, for tools that hide standard error. */
class VerboseFileTest extends ToolTest {

  private Path file() {
    return home.resolve("steps");
  }

  private Ended docker(String server, String... more) {
    var environment = tools("CODER_VERBOSE", file().toString());
    var line = new ArrayList<>(List.of("docker-credential", "get"));
    line.addAll(List.of(more));
    return runWithInput(server, environment, line.toArray(String[]::new));
  }

  @Test
  void getsTheStepsWithoutSecretsAndStandardErrorGetsNone() throws Exception {
    assertThat(docker("ghcr.io").err()).isEmpty();
    assertThat(file())
        .content()
        .contains("Z: docker-credential\n", " ms: ", "the hosts map has the host at CODER_HOSTS:1")
        .doesNotContain("gho_bananas", coder.agentToken());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
  }

  @Test
  void isAppendedToAndHasFailures() throws Exception {
    docker("ghcr.io");
    String before = Files.readString(file());
    docker("unknown.test");
    assertThat(Files.readString(file()))
        .startsWith(before)
        .containsPattern("\ncoder: [a-z][^\n]*nonsense");
  }

  @Test
  void doesNotReplaceTheFlag() throws Exception {
    assertThat(docker("ghcr.io", "-v").err()).contains(" ms: ");
    assertThat(file()).content().contains(" ms: ");
  }

  @Test
  void hasWhatGoesToStandardErrorOnce() throws Exception {
    var run = run(tools("CODER_VERBOSE", file().toString()), "external-auth", "access-token", "x");
    failed(run, 5, "x");
    assertThat(file()).content().containsOnlyOnce(run.err());
    assertThat(
            runWithInput(
                    "", tools("CODER_VERBOSE", file().toString()), "docker-credential", "erase")
                .err())
        .isEqualTo("coder: nothing was kept, so that nothing is erased\n");
    assertThat(file()).content().endsWith("coder: nothing was kept, so that nothing is erased\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r-----", "rw----r--", "rw-rw-rw-"})
  void isNotAFileThatOthersRead(String mode) throws Exception {
    Files.setPosixFilePermissions(
        Files.writeString(file(), "x"), PosixFilePermissions.fromString(mode));
    var run = docker("ghcr.io");
    assertThat(run.out()).isEqualTo(golden("docker-get.out"));
    assertThat(run.err()).startsWith("coder: warning: no steps are written to ").hasLineCount(1);
    assertThat(file()).hasContent("x");
  }

  @Test
  void isNoLinkAndNoFolder() throws Exception {
    var target = Files.createFile(home.resolve("target"));
    Files.createSymbolicLink(file(), target);
    assertThat(docker("ghcr.io").err()).contains("no regular file");
    assertThat(target).isEmptyFile();
    Files.delete(file());
    Files.createDirectory(file());
    assertThat(docker("ghcr.io").status()).isZero();
  }

  @Test
  void mayBeInAFolderThatDoesNotExist() throws Exception {
    var run =
        runWithInput("ghcr.io", tools("CODER_VERBOSE", "/nowhere/x"), "docker-credential", "get");
    assertThat(run.out()).isEqualTo(golden("docker-get.out"));
    assertThat(run.err()).startsWith("coder: warning: ");
  }
}
