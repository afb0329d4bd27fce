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
            added: credential.https://github.com.helper = (empty: git forgets the helpers before it)
            added: credential.https://github.com.helper = coder
            added: credential.http://git.example:8080.helper = (empty: git forgets the helpers before it)
            added: credential.http://git.example:8080.helper = coder
            """);
    assertThat(config())
        .isEqualTo(
            """
            [credential "https://github.com"]
            \thelper =\s
            \thelper = coder
            [credential "http://git.example:8080"]
            \thelper =\s
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
        .isEqualTo(
            """
            is there already: credential.https://github.com.helper = (empty: git forgets the helpers before it)
            is there already: credential.https://github.com.helper = coder
            """);
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
            """
            [credential "https://dev.azure.com/org"]
            \thelper =\s
            \thelper = coder
            \tuseHttpPath = true
            """);
  }

  @Test
  void leaveTheUsersOwnUseHttpPath() throws Exception {
    String own = "[credential \"https://dev.azure.com/org\"]\n\tuseHttpPath = true\n";
    config(own);
    setup("--host", "https://dev.azure.com/org");
    assertThat(config()).isEqualTo(own + "\thelper = \n\thelper = coder\n");
    setup("--host", "https://dev.azure.com/org", "--undo");
    assertThat(config()).isEqualTo(own);
  }

  @Test
  void areOnlyPrintedInADryRun() {
    assertThat(setup("--host", "github.com", "--dry-run").out())
        .isEqualTo(
            """
            would add: credential.https://github.com.helper = (empty: git forgets the helpers before it)
            would add: credential.https://github.com.helper = coder
            """);
    assertThat(home.resolve(".gitconfig")).doesNotExist();
    setup("--host", "github.com");
    assertThat(setup("--host", "github.com", "--dry-run", "--undo").out())
        .startsWith("would remove: ");
    assertThat(home.resolve(".gitconfig")).isNotEmptyFile();
  }

  private static final String SECTION = "[credential \"https://github.com\"]\n";
  private static final String ALONE = SECTION + "\thelper = \n\thelper = coder\n";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/opt/st/v1/bin/git-credential-coder",
        "!/opt/st/v1/bin/git-credential-coder",
        "\"!'/opt/my st/v1/bin/git-credential-coder'\"",
        "!\\\"/opt/st/v1/bin/git-credential-coder\\\"",
        "/a/git-credential-coder\n\thelper = /b/git-credential-coder"
      })
  void replaceThoseOfAnotherVersion(String earlier) throws Exception {
    config(SECTION + "\thelper = \n\thelper = " + earlier + "\n");
    assertThat(setup("--host", "github.com").out())
        .startsWith("removed: credential.https://github.com.helper = ")
        .contains("git-credential-coder", "\nadded: ");
    assertThat(config()).isEqualTo(ALONE);
    config(SECTION + "\thelper = \n\thelper = " + earlier + "\n");
    assertThat(setup("--host", "github.com", "--undo").out()).startsWith("removed: ");
    assertThat(config()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "git-credential-coder2",
        "/opt/git-credential-coder/bin/other",
        "!gh auth git-credential"
      })
  void leaveOtherHelpersBefore(String other) throws Exception {
    String own = SECTION + "\thelper = " + other + "\n";
    config(own);
    assertThat(setup("--host", "github.com").err()).isEmpty();
    assertThat(config()).isEqualTo(own + "\thelper = \n\thelper = coder\n");
    setup("--host", "github.com", "--undo");
    assertThat(config()).isEqualTo(own);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\thelper = coder\n\thelper = \n",
        "\thelper = coder\n\thelper = store\n",
        "\thelper = store\n\thelper = coder\n",
        "\thelper = \n\thelper = gh\n\thelper = coder\n",
        "\thelper = coder\n\thelper = \n\thelper = gh\n"
      })
  void comeIntoEffectWhateverHelpersStandAroundThem(String lines) throws Exception {
    config(SECTION + lines);
    assertThat(setup("--host", "github.com").err()).isEmpty();
    assertThat(config()).endsWith("\thelper = \n\thelper = coder\n");
    assertThat(config().split("helper = coder", -1)).hasSize(2);
  }

  @Test
  void keepAnEmptyLineThatIsNotTheirs() throws Exception {
    String gh = SECTION + "\thelper = \n\thelper = !gh auth git-credential\n";
    config(gh);
    setup("--host", "github.com");
    assertThat(config()).isEqualTo(gh + "\thelper = \n\thelper = coder\n");
    setup("--host", "github.com", "--undo");
    assertThat(config()).isEqualTo(gh);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[credential]\n\thelper = store\n",
        "[credential \"https://*.com\"]\n\thelper = store\n",
        "[credential \"github.com\"]\n\thelper = \n"
      })
  void moveBehindSectionsThatFitTheHost(String later) throws Exception {
    config(ALONE + later);
    assertThat(setup("--host", "github.com").err()).isEmpty();
    assertThat(config()).isEqualTo(later + ALONE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[credential \"https://github.com.evil\"]\n\thelper = store\n",
        "[credential \"http://github.com\"]\n\thelper = store\n",
        "[credential \"https://github.com:8443\"]\n\thelper = store\n",
        "[credential \"https://me@github.com\"]\n\thelper = store\n",
        "[credential \"https://github.com/org\"]\n\thelper = store\n",
        "[credential \"https://*.github.com\"]\n\thelper = store\n"
      })
  void stayWhereSectionsBehindThemAreForOtherUrls(String later) throws Exception {
    config(ALONE + later);
    assertThat(setup("--host", "github.com").err()).isEmpty();
    assertThat(config()).isEqualTo(ALONE + later);
  }

  @Test
  void saySoWhereAnotherHelperWins() throws Exception {
    config(SECTION + "\tusername = me\n[credential]\n\thelper = \n\thelper = store\n");
    assertThat(setup("--host", "github.com").err())
        .startsWith("coder: for https://github.com, git asks store; the first that answers wins")
        .hasLineCount(1);
  }

  @Test
  void leaveTheOthersWhereAskedTo() throws Exception {
    config("[credential]\n\thelper = cache\n");
    var run = setup("--host", "github.com", "--keep-others");
    assertThat(run.out()).isEqualTo("added: credential.https://github.com.helper = coder\n");
    assertThat(run.err()).contains("for https://github.com, git asks cache, then coder");
    assertThat(config())
        .isEqualTo("[credential]\n\thelper = cache\n" + SECTION + "\thelper = coder\n");
  }

  @Test
  void sayWhoIsGivenTheLoginToKeep() throws Exception {
    config("[credential]\n\thelper = coder\n\thelper = store\n");
    assertThat(setup().err()).contains("git asks coder, then store; the others are given");
  }

  @ParameterizedTest
  @ValueSource(strings = {"folder", "/dev/null", "link-to-null"})
  void areNotWrittenInPlaceOfADevice(String target) throws Exception {
    Files.createDirectory(home.resolve("folder"));
    Files.createSymbolicLink(home.resolve("link-to-null"), Path.of("/dev/null"));
    var environment =
        Map.of("GIT_CONFIG_GLOBAL", home.resolve(target).toString(), "PATH", "/usr/bin");
    var run = run(environment, "setup", "git", "--helper", "coder");
    failed(run, 3, "change git's configuration: ", "is no regular file", "GIT_CONFIG_GLOBAL");
    assertThat(Files.isRegularFile(Path.of("/dev/null"))).isFalse();
    Files.createSymbolicLink(home.resolve(".gitconfig"), Path.of("/dev/null"));
    failed(setup("--undo"), 3, "is no regular file");
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
