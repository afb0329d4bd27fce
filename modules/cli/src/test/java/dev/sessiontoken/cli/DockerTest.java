package dev.sessiontoken.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sessiontoken.testkit.FakeCoder;
import dev.sessiontoken.testkit.Fault;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The protocol of docker's credential helpers, and docker's configuration. */
class DockerTest extends ToolTest {

  private Ended docker(String operation, String input) {
    return runWithInput(input, tools(), "docker-credential", operation);
  }

  @Nested
  class Get {

    @ParameterizedTest
    @ValueSource(strings = {"ghcr.io", "ghcr.io\n", "ghcr.io\r\n"})
    void printsUserNameAndToken(String server) throws Exception {
      assertThat(docker("get", server)).isEqualTo(new Ended(0, golden("docker-get.out"), ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://ghcr.io/v2/", "GHCR.IO", "ghcr.io:443", "ghcr.io/org"})
    void namesTheServerAsAsked(String server) throws Exception {
      assertThat(docker("get", server).out())
          .isEqualTo(golden("docker-get.out").replace("ghcr.io", server));
    }

    @Test
    void printsTheUserNameOfTheMap() {
      assertThat(docker("get", "slack.test").out()).contains("\"Username\":\"me\"");
    }

    @Test
    void takesTheUserNameFromTheToken() {
      String token = jwt("jfac@1/users/alice");
      coder.configure(
          new FakeCoder.Integration("jfrog", "jfrog", "", Optional.of(token), Optional.empty()));
      assertThat(docker("get", "jfrog.test").out()).contains("\"Username\":\"alice\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"opaque", "a.b.c", "e30.e30.e30", "e30.W10.e30", "..", "a.%.c"})
    void saysThatATokenHasNoSubject(String token) {
      coder.configure(
          new FakeCoder.Integration("jfrog", "jfrog", "", Optional.of(token), Optional.empty()));
      var run = docker("get", "jfrog.test");
      assertThat(run.out()).startsWith("coder: ").contains("user=@sub").hasLineCount(1);
      assertThat(run.status()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"docker.io", "https://index.docker.io/v1/", "ghcr.io:5000", "eghcr.io"})
    void hasNoLoginForOtherServersWithoutARequest(String server) throws Exception {
      assertThat(docker("get", server)).isEqualTo(new Ended(1, golden("docker-none.out"), ""));
      assertThat(coder.requests()).isEmpty();
    }

    @Test
    void hasNoLoginForServersWithoutTls() throws Exception {
      var run = docker("get", "http://ghcr.io");
      assertThat(run.out()).isEqualTo(golden("docker-none.out"));
      assertThat(run.err()).contains("unencrypted");
    }

    @Test
    void saysWhereToLogIn() {
      var run = docker("get", "gitlab.test");
      assertThat(run.out())
          .isEqualTo("coder: log in first: " + coder.url() + "/external-auth/gitlab\n");
      assertThat(run.err()).isEqualTo(run.out());
      assertThat(run.status()).isEqualTo(1);
    }

    @Test
    void printsFailuresWhereDockerShowsThem() {
      var run = docker("get", "unknown.test");
      assertThat(run.out()).startsWith("coder: ").contains("nonsense").hasLineCount(1);
      assertThat(run.err()).isEqualTo(run.out());
      assertThat(run.status()).isEqualTo(1);
      coder.fault(Fault.json(200, "{\"access_token\":\"a\\u0000b\",\"type\":\"github\"}"));
      assertThat(docker("get", "ghcr.io").status()).isEqualTo(1);
    }

    @Test
    void printsWrongSettingsWhereDockerShowsThem() {
      var run = runWithInput("ghcr.io", Map.of(), "docker-credential", "get");
      assertThat(run.out()).isEqualTo("credentials not found in native keychain\n");
      run = runWithInput("x", Map.of("CODER_HOSTS", "x"), "docker-credential", "get");
      assertThat(run.out()).startsWith("coder: read the hosts file: CODER_HOSTS:1:2");
      run = runWithInput("x", Map.of("CODER_HOSTS", "x y"), "docker-credential", "get");
      assertThat(run.out()).startsWith("coder: find the deployment").hasLineCount(1);
      assertThat(run.status()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
      "me:s3cr3t@ghcr.io,a user name",
      "https://me@ghcr.io,a user name",
      "ftp://ghcr.io,not https",
      "gh\u001bcr.io,no host name",
      "ghcr.io/\u0007x,control characters",
      "ghcr.io\\evil.test,no host name",
      "[::1,no host name",
      "ghcr.io:99999999,no host name",
      "a b,no host name"
    })
    void refusesWhatIsNoServer(String server, String problem) {
      var run = docker("get", server);
      assertThat(run.out()).startsWith("coder: ").contains(problem).hasLineCount(1);
      assertThat(run.out()).doesNotContain("s3cr3t", "\u001b", "\u0007");
      assertThat(run.status()).isEqualTo(1);
      assertThat(coder.requests()).isEmpty();
    }

    @Test
    void takesServersOfTenThousandCharacters() throws Exception {
      assertThat(docker("get", "a".repeat(10_000)).out()).isEqualTo(golden("docker-none.out"));
    }

    @Test
    void needsAServer() {
      assertThat(docker("get", "").out()).isEqualTo("no credentials server URL\n");
      assertThat(docker("get", "\n").status()).isEqualTo(1);
    }

    @Test
    void endsAtEndlessInput() {
      var endless =
          new InputStream() {
            @Override
            public int read() {
              return 'a';
            }
          };
      var out = new ByteArrayOutputStream();
      int status =
          run(endless, out, new ByteArrayOutputStream(), tools(), "docker-credential", "get");
      assertThat(out.toString(StandardCharsets.UTF_8)).contains("longer than 64 KiB");
      assertThat(status).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"store", "erase"})
  void storesAndErasesNothing(String operation) {
    var run = docker(operation, "{\"ServerURL\":\"h\",\"Username\":\"u\",\"Secret\":\"s3cr3t\"}");
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith("coder: nothing ").doesNotContain("s3cr3t");
    assertThat(run.status()).isZero();
  }

  @Test
  void listsNothing() {
    assertThat(docker("list", "unused")).isEqualTo(new Ended(0, "{}\n", ""));
  }

  @Test
  void printsTheVersion() {
    assertThat(docker("version", "").out())
        .matches("docker-credential-coder \\(sessiontoken\\) .+\n");
  }

  @Test
  void refusesOtherOperations() {
    var run = docker("s3cr3t0123456", "");
    assertThat(run.out()).contains("takes get, store, erase").doesNotContain("s3cr3t");
    assertThat(run.status()).isEqualTo(1);
    run = runWithInput("", tools(), "docker-credential", "get", "get");
    assertThat(run.out()).startsWith("coder: docker-credential takes one argument");
    run = runWithInput("", tools(), "docker-credential", "get", "--nonsense");
    assertThat(run.out()).startsWith("coder: unknown flag --nonsense");
    assertThat(run.status()).isEqualTo(1);
  }

  @Nested
  class Setup {
    private static final String HOST = "\"ghcr.io\": \"coder\"";

    private Path config() {
      return home.resolve(".docker/config.json");
    }

    private void config(String text) throws Exception {
      Files.createDirectories(config().getParent());
      Files.writeString(config(), text);
    }

    private Ended setup(String... args) {
      var line = new ArrayList<>(List.of("setup", "docker", "--host", "ghcr.io"));
      line.addAll(List.of(args));
      return run(Map.of("HOME", home.toString()), line.toArray(String[]::new));
    }

    @Test
    void writesBothFilesAndTakesTheLinesOut() throws Exception {
      var run = setup("--provider", "github");
      assertThat(run.out())
          .isEqualTo(
              "added: %s/.config/coder/hosts: ghcr.io github\nadded: %s: credHelpers: ghcr.io: coder\n"
                  .formatted(home, config()));
      assertThat(run.err()).contains("link /target/image/bin/docker-credential-coder into");
      assertThat(config()).hasContent("{\n\t\"credHelpers\": {\n\t\t" + HOST + "\n\t}\n}\n");
      assertThat(setup("--provider", "github").out().lines())
          .allMatch(line -> line.startsWith("is there already: "));
      assertThat(setup("--provider", "github", "--undo").out().lines())
          .hasSize(2)
          .allMatch(line -> line.startsWith("removed: "));
      assertThat(config()).hasContent("{}\n");
      assertThat(home.resolve(".config/coder/hosts")).isEmptyFile();
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "{}",
          "{\n\t\"auths\": {\n\t\t\"a\": {}\n\t}\n}",
          "{\"credHelpers\":{\"b\":\"x\"},\"q\":\"}\\\"{\"}",
          "{ \"a\" : [ 1, \"]\", {\"credHelpers\":{}} ] , \"credHelpers\" : { \"b\" : \"x\" } }\n",
          "{\"credHelpers\" : {\"ghcr.io.evil\":\"x\", \"c\":\"y\"}\r\n}"
        })
    void isUndoneByteForByte(String before) throws Exception {
      config(before);
      setup();
      assertThat(Files.readString(config())).contains(HOST).isNotEqualTo(before);
      setup("--undo");
      assertThat(Files.readString(config())).isEqualTo(before.equals("{}") ? "{}" : before);
    }

    @Test
    void takesOutAnEntryWhereverItStands() throws Exception {
      config("{\"credHelpers\":{\"a\":\"x\", \"ghcr.io\":\"coder\" ,\"b\":\"y\"}}");
      setup("--undo");
      assertThat(config()).hasContent("{\"credHelpers\":{\"a\":\"x\" ,\"b\":\"y\"}}");
      config("{\"z\":1,\"credHelpers\":{\"ghcr.io\":\"coder\"}}");
      setup("--undo");
      assertThat(config()).hasContent("{\"z\":1}");
      assertThat(setup("--undo").out()).startsWith("is not there: ");
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "nonsense s3cr3t|no JSON object",
          "[]|no JSON object",
          "{\"a\":1,}|no JSON object",
          "{\"credHelpers\":[]}|credHelpers is no object",
          "{\"credHelpers\":{\"ghcr.io\":\"pass\"}}|has the credential helper pass"
        })
    void refusesWhatItCannotChange(String text, String problem) throws Exception {
      config(text);
      var run = setup("--provider", "github");
      failed(run, 3, problem);
      assertThat(run.err()).doesNotContain("s3cr3t");
      assertThat(config()).hasContent(text);
      assertThat(home.resolve(".config")).doesNotExist();
    }

    @Test
    void writesNothingOnADryRun() {
      assertThat(setup("--dry-run", "--provider", "github").out().lines())
          .hasSize(2)
          .allMatch(line -> line.startsWith("would add: "));
      assertThat(home).isEmptyDirectory();
    }

    @Test
    void namesWhatWinsAgainstHelpers() throws Exception {
      var folder = Files.createDirectories(home.resolve(".config/containers"));
      Files.writeString(folder.resolve("auth.json"), "{}");
      var bin = Files.createDirectories(home.resolve("bin"));
      var helper = Files.createFile(bin.resolve("docker-credential-coder"));
      assertThat(helper.toFile().setExecutable(true)).isTrue();
      var environment =
          Map.of("HOME", home.toString(), "DOCKER_AUTH_CONFIG", "{}", "PATH", bin.toString());
      var run = run(environment, "setup", "docker", "--host", "ghcr.io");
      assertThat(run.err().lines())
          .satisfiesExactly(
              line -> assertThat(line).contains("no line for ghcr.io: give --provider"),
              line -> assertThat(line).contains("DOCKER_AUTH_CONFIG"),
              line -> assertThat(line).contains("containers/auth.json"));
    }

    @Test
    void needsAHost() {
      misused(run(Map.of(), "setup", "docker"), "--host is missing");
      misused(run(Map.of(), "setup", "docker", "--host", "a b"), "--host");
    }
  }
}
