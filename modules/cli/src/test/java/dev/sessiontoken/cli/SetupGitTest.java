package dev.sessiontoken.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines that setup-git writes into git's configuration, read by the git of this machine. */
class SetupGitTest extends ProgramTest {
  private static final String USERS_OWN =
      "# mine\n[user]\n\tname = U # me\n[credential]\n\thelper = cache\n; the end\n";

  @TempDir Path home;

  @BeforeEach
  void needGit() {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/git")), "git is not here");
  }

  private Ended setup(String... args) {
    var line = new ArrayList<>(List.of("setup", "git", "--helper", "coder"));
    line.addAll(List.of(args));
    var environment =
        Map.of("HOME", home.toString(), "GIT_CONFIG_NOSYSTEM", "1", "PATH", "/usr/bin:/bin");
    return run(environment, line.toArray(String[]::new));
  }

  private String config() throws Exception {
    return Files.readString(home.resolve(".gitconfig"));
  }

  private void config(String text) throws Exception {
    Files.writeString(home.resolve(".gitconfig"), text);
  }

  @Test
  void areAddedAndPrinted() throws Exception {
    assertThat(setup("--host", "github.com", "--host", "http://git.example:8080").out())
        .isEqualTo(
            """
            added: credential.https://github.com.helper = coder
            added: credential.http://git.example:8080.helper = coder
            """);
    assertThat(config())
        .isEqualTo(
            """
            [credential "https://github.com"]
            \thelper = coder
            [credential "http://git.example:8080"]
            \thelper = coder
            """);
  }

  @Test
  void areForAllHostsByDefault() throws Exception {
    config(USERS_OWN);
    assertThat(setup().out()).isEqualTo("added: credential.helper = coder\n");
    assertThat(config()).isEqualTo(USERS_OWN.replace("cache\n", "cache\n\thelper = coder\n"));
  }

  @Test
  void areAddedOnce() throws Exception {
    setup("--host", "github.com");
    String once = config();
    assertThat(setup("--global", "--host", "https://github.com/").out())
        .isEqualTo("is there already: credential.https://github.com.helper = coder\n");
    assertThat(config()).isEqualTo(once);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "--host github.com", "--host https://dev.azure.com/org --host a.b"})
  void areRemovedCompletely(String line) throws Exception {
    config(USERS_OWN);
    var flags = line.isEmpty() ? new String[0] : line.split(" ", -1);
    setup(flags);
    assertThat(config()).isNotEqualTo(USERS_OWN);
    var undo = new ArrayList<>(List.of(flags));
    undo.add("--undo");
    assertThat(setup(undo.toArray(String[]::new)).out()).startsWith("removed: ");
    assertThat(config()).isEqualTo(USERS_OWN);
    assertThat(setup(undo.toArray(String[]::new)).out()).startsWith("is not there: ");
  }

  @Test
  void leaveCommentsInTheirSection() throws Exception {
    setup("--host", "github.com");
    config(config() + "\t# why\n");
    setup("--host", "github.com", "--undo");
    assertThat(config()).isEqualTo("[credential \"https://github.com\"]\n\t# why\n");
  }

  @Test
  void enableUseHttpPathForHostsWithAPath() throws Exception {
    setup("--host", "https://dev.azure.com/org");
    assertThat(config())
        .isEqualTo(
            "[credential \"https://dev.azure.com/org\"]\n\thelper = coder\n\tuseHttpPath = true\n");
  }

  @Test
  void leaveTheUsersOwnUseHttpPath() throws Exception {
    String own = "[credential \"https://dev.azure.com/org\"]\n\tuseHttpPath = true\n";
    config(own);
    setup("--host", "https://dev.azure.com/org");
    assertThat(config()).isEqualTo(own + "\thelper = coder\n");
    setup("--host", "https://dev.azure.com/org", "--undo");
    assertThat(config()).isEqualTo(own);
  }

  @Test
  void areOnlyPrintedInADryRun() {
    assertThat(setup("--host", "github.com", "--dry-run").out())
        .isEqualTo("would add: credential.https://github.com.helper = coder\n");
    assertThat(home.resolve(".gitconfig")).doesNotExist();
    setup("--host", "github.com");
    assertThat(setup("--host", "github.com", "--dry-run", "--undo").out())
        .startsWith("would remove: ");
    assertThat(home.resolve(".gitconfig")).isNotEmptyFile();
  }

  @Test
  void cannotBeAddedToAFileThatGitCannotRead() throws Exception {
    config("[nonsense\n");
    failed(setup(), 3, "change git's configuration: git says: ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"--global --local", "--host ftp://x", "--host u@h", "--host=a\"b", "--host="})
  void areRefusedForInvalidArguments(String line) {
    misused(setup(line.split(" ", -1)), "--");
  }
}
