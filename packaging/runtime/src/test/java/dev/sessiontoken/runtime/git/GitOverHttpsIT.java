package dev.sessiontoken.runtime.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sessiontoken.runtime.Image;
import dev.sessiontoken.runtime.Programs;
import dev.sessiontoken.testkit.FakeCoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real git against a real server that requires a login, with the built image as askpass program and
 * as credential helper.
 */
class GitOverHttpsIT {
  private static final String TOKEN = "gho_0123456789bananas";
  private static final String OTHER_TOKEN = "glpat-0123456789cherries";

  @TempDir private Path folder;

  private final FakeCoder coder = FakeCoder.start();
  private GitHost host;
  private Workspace workspace;

  @BeforeEach
  void start() throws Exception {
    Programs.need("git", "nginx", "fcgiwrap", "openssl");
    assumeTrue(Files.isExecutable(GitHost.BACKEND), "git-http-backend is not here");
    host = new GitHost(folder);
    configure("first", "github", host.first(), Optional.of(TOKEN));
    configure("second", "gitlab", host.second(), Optional.of(OTHER_TOKEN));
    host.logins("first", Map.of("x-access-token", TOKEN));
    host.logins("second", Map.of("oauth2", OTHER_TOKEN));
    workspace =
        Workspace.in(folder, coder).with("GIT_SSL_CAINFO", host.certificateFile().toString());
  }

  private void configure(String id, String type, String url, Optional<String> token) {
    coder.configure(
        new FakeCoder.Integration(id, type, Pattern.quote(url), token, Optional.empty()));
  }

  @AfterEach
  void stop() {
    coder.close();
    if (host != null) host.close();
  }

  private Image.Result setup(String... flags) throws Exception {
    var command = new ArrayList<>(List.of(Image.program().toString(), "setup", "git"));
    command.addAll(List.of(flags));
    return Image.run(command, workspace.environment());
  }

  private Image.Result credential(String operation, String input) throws Exception {
    var file = Files.writeString(folder.resolve("input"), input);
    return Image.run(
        List.of("/bin/sh", "-c", "exec git credential " + operation + " <" + file),
        Image.with(workspace.environment(), "GIT_TERMINAL_PROMPT", "0"));
  }

  /** Clones twice, pushes from both clones, pulls into the first. */
  private void work(Workspace user, String url) throws Exception {
    user.run("clone", "--quiet", url, "one");
    user.push("one", "a");
    user.run("clone", "--quiet", url, "two");
    user.push("two", "b");
    user.run("-C", "one", "pull", "--quiet", "origin", "main");
    assertThat(user.home().resolve("one/b")).exists();
  }

  @Test
  void worksThroughAskPass() throws Exception {
    work(workspace.withAskPass(), host.first() + host.repository("a.git"));
  }

  @Test
  void worksThroughTheHelper() throws Exception {
    assertThat(setup("--host", host.first()).out()).startsWith("added: ");
    work(workspace, host.first() + host.repository("a.git"));
  }

  @Test
  void worksForTwoHostsAtATime() throws Exception {
    host.repository("a.git");
    work(workspace.withAskPass(), host.first() + "/a.git");
    setup();
    workspace.run("clone", "--quiet", host.second() + "/a.git", "from-second");
    workspace.run("-C", "one", "remote", "add", "second", host.second() + "/a.git");
    workspace.run("-C", "one", "fetch", "--quiet", "--all");
  }

  @Test
  void worksForSubmodules() throws Exception {
    var user = workspace.withAskPass();
    work(user, host.first() + host.repository("inner.git"));
    user.run("clone", "--quiet", host.first() + host.repository("outer.git"), "outer");
    user.run("-C", "outer", "submodule", "--quiet", "add", host.second() + "/inner.git", "sub");
    user.push("outer", "c");
    user.run("clone", "--quiet", "--recurse-submodules", host.first() + "/outer.git", "all");
    assertThat(user.home().resolve("all/sub/b")).exists();
  }

  @Test
  void sendsThePathOfTheRepository() throws Exception {
    setup("--host", host.first() + "/org");
    Files.createDirectories(folder.resolve("repositories/org"));
    String url = host.first() + host.repository("org/a.git");
    workspace.run("clone", "--quiet", url, "one");
    assertThat(coder.requests().getLast().query()).containsEntry("match", url);
    setup("--host", host.first() + "/org", "--undo");
    workspace.withAskPass().run("-c", "credential.useHttpPath=true", "ls-remote", url);
    assertThat(coder.requests().getLast().query()).containsEntry("match", url);
  }

  @Test
  void fillsApprovesAndRejects() throws Exception {
    setup();
    String asked = "protocol=https\nhost=" + host.second().substring(8) + "\n";
    var filled = credential("fill", asked + "\n");
    assertThat(filled.out()).isEqualTo(asked + "username=oauth2\npassword=" + OTHER_TOKEN + "\n");
    assertThat(credential("approve", filled.out())).isEqualTo(new Image.Result(0, "", ""));
    assertThat(credential("reject", filled.out())).isEqualTo(new Image.Result(0, "", ""));
    assertThat(coder.requests()).hasSize(1);
  }

  @Test
  void staysSetUpWhenALinkLeadsToTheNextVersion() throws Exception {
    var current = folder.resolve("current");
    var first = Files.createSymbolicLink(folder.resolve("v1"), Image.folder());
    var second = Files.createSymbolicLink(folder.resolve("v2"), Image.folder());
    var program = Files.createSymbolicLink(folder.resolve("coder"), current.resolve("bin/coder"));
    Files.createSymbolicLink(current, first);
    var line = List.of(program.toString(), "setup", "git", "--host", host.first());
    String helper = current.resolve("bin/git-credential-coder").toString();
    assertThat(Image.run(line, workspace.environment()).out()).endsWith(" = " + helper + "\n");
    Files.delete(current);
    Files.delete(first);
    Files.createSymbolicLink(current, second);
    work(workspace, host.first() + host.repository("a.git"));
    assertThat(Image.run(line, workspace.environment()).out())
        .startsWith("is there already: ")
        .doesNotContain("added");
  }

  @Test
  void replacesTheLineOfADeletedVersion() throws Exception {
    String key = "credential." + host.first() + ".helper";
    workspace.run("config", "--global", key, "!'/deleted v1/bin/git-credential-coder'");
    assertThat(setup("--host", host.first()).out()).contains("removed: ", "added: ");
    work(workspace, host.first() + host.repository("a.git"));
    setup("--host", host.first(), "--undo");
    assertThat(workspace.home().resolve(".gitconfig")).isEmptyFile();
  }

  @Test
  void keepsTheTokenOutOfGitsStore() throws Exception {
    workspace.run("config", "--global", "credential.helper", "store");
    setup("--host", host.first());
    work(workspace, host.first() + host.repository("a.git"));
    assertThat(filesWith(workspace.home(), TOKEN)).isEmpty();
    workspace.run("config", "--global", "--unset-all", "credential.helper");
    workspace.run("config", "--global", "--add", "credential.helper", "store"); // now behind
    assertThat(setup("--host", host.first()).err()).isEmpty();
    workspace.run("ls-remote", host.first() + "/a.git");
    assertThat(filesWith(workspace.home(), TOKEN)).isEmpty();
  }

  @Test
  void leavesTheLoginOfAnotherUserToOtherHelpers() throws Exception {
    setup();
    workspace.run("config", "--global", "--add", "credential.helper", "!echo password=p; :");
    String asked = "protocol=https\nhost=" + host.first().substring(8) + "\nusername=";
    assertThat(credential("fill", asked + "alice\n\n").out()).endsWith("alice\npassword=p\n");
    assertThat(credential("fill", asked + "git\n\n").out()).endsWith("password=" + TOKEN + "\n");
  }

  @Test
  void doesNotPutAFileInPlaceOfTheNullDevice() throws Exception {
    var result =
        Image.run(
            List.of(Image.program().toString(), "setup", "git"),
            workspace.with("GIT_CONFIG_GLOBAL", "/dev/null").environment());
    assertThat(result.status()).isEqualTo(3);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).contains("/dev/null is no regular file").hasLineCount(1);
    assertThat(Files.isRegularFile(Path.of("/dev/null"))).isFalse();
  }

  @Test
  void leavesOtherHostsToTheNextHelper() throws Exception {
    setup();
    workspace.run(
        "config", "--global", "--add", "credential.helper", "!echo username=u; echo password=p; :");
    assertThat(credential("fill", "protocol=https\nhost=elsewhere.example\n\n").out())
        .contains("username=u\n", "password=p\n");
  }

  @Test
  void sendsOneRequestWithGitsOwnCacheBeforeIt() throws Exception {
    workspace.run("config", "--global", "credential.helper", "cache");
    setup();
    String url = host.first() + host.repository("a.git");
    try {
      workspace.run("ls-remote", url);
      workspace.run("ls-remote", url);
      assertThat(coder.requests()).hasSize(1);
    } finally {
      workspace.run("credential-cache", "exit");
    }
  }

  @Test
  void endsTheWaitByCtrlC() throws Exception {
    configure("first", "github", host.first(), Optional.empty());
    var asked =
        Image.start(
            List.of(Image.program().toString(), "Username for '" + host.first() + "': "),
            Image.with(workspace.environment(), "GIT_PREFIX", ""));
    coder.awaitRequests(2);
    Programs.run("kill", "-s", "INT", String.valueOf(asked.process().pid()));
    var result = asked.result();
    assertThat(result.status()).isEqualTo(130);
    assertThat(result.out()).isEmpty();
  }

  @Test
  void printsAtATerminalThatItWaits() throws Exception {
    Programs.need("script");
    configure("first", "github", host.first(), Optional.empty());
    String login = Image.program() + " external-auth login first --no-open --login-timeout 10ms";
    var result = Image.run(List.of("script", "-qec", login, "/dev/null"), workspace.environment());
    assertThat(result.out()).contains("Waiting up to 0.01s for it; Ctrl-C ends that.");
    assertThat(result.status()).isEqualTo(1);
  }

  @Test
  void waitsForTheLogin() throws Exception {
    configure("first", "github", host.first(), Optional.empty());
    var git =
        Image.start(
            workspace.git("ls-remote", host.first() + host.repository("a.git")),
            workspace.withAskPass().environment());
    coder.awaitRequests(2);
    coder.link("first", TOKEN);
    var result = git.result();
    assertThat(result.err()).contains("Open the following URL to authenticate:\n" + coder.url());
    assertThat(result.status()).isZero();
  }

  @Test
  void doesNotWaitWhenPromptsAreDisabled() throws Exception {
    configure("first", "github", host.first(), Optional.empty());
    var result =
        workspace
            .withAskPass()
            .with("GIT_TERMINAL_PROMPT", "0")
            .tryOut("ls-remote", host.first() + host.repository("a.git"));
    assertThat(result.status()).isEqualTo(128);
    assertThat(coder.requests()).hasSize(1);
  }

  @Test
  void reportsThatGitFallsBackForAHostWithoutAProvider() throws Exception {
    coder.configure(
        new FakeCoder.Integration("first", "x", "no", Optional.empty(), Optional.empty()));
    var result =
        workspace
            .withAskPass()
            .with("GIT_TERMINAL_PROMPT", "0")
            .tryOut("ls-remote", host.first() + host.repository("a.git"));
    assertThat(result.err())
        .contains("no provider for " + host.first().substring(8) + ", so git falls back");
  }

  @Test
  void servesTwentyFetchesAtOnce() throws Exception {
    String url = host.first() + host.repository("a.git");
    var user = workspace.withAskPass();
    work(user, url);
    var fetches = new ArrayList<Image.Running>();
    for (int i = 0; i < 20; i++) {
      fetches.add(Image.start(user.git("clone", "--quiet", url, "c" + i), user.environment()));
    }
    for (var each : fetches) assertThat(each.result()).isEqualTo(new Image.Result(0, "", ""));
  }

  @Test
  void showsNoSecretInProcessesAndFiles() throws Exception {
    String basic =
        Base64.getEncoder()
            .encodeToString(("x-access-token:" + TOKEN).getBytes(StandardCharsets.UTF_8));
    var forbidden =
        Map.of(TOKEN, "cmdline environ", coder.agentToken(), "cmdline", basic, "cmdline environ");
    var traced = workspace.with("GIT_TRACE", "1").with("GIT_CURL_VERBOSE", "1");
    String url = host.first() + host.repository("a.git");
    try (var spy = new Spy(forbidden)) {
      work(workspace.withAskPass(), url);
      var asked = traced.withAskPass().tryOut("ls-remote", url);
      setup();
      var helped = traced.tryOut("ls-remote", url);
      for (var result : List.of(asked, helped)) {
        assertThat(result.status()).isZero();
        assertThat(result.err())
            .contains("trace: run_command")
            .doesNotContain(TOKEN, basic, coder.agentToken());
      }
      assertThat(spy.looks()).isPositive();
      assertThat(spy.found()).isEmpty();
    }
    assertThat(filesWith(workspace.home(), TOKEN, coder.agentToken())).isEmpty();
    assertThat(filesWith(Path.of("/dev/shm"), TOKEN, coder.agentToken())).isEmpty();
  }

  private static List<String> filesWith(Path folder, String... secrets) throws Exception {
    var command = new ArrayList<>(List.of("grep", "-rlFs"));
    for (String secret : secrets) command.addAll(List.of("-e", secret));
    command.add(folder.toString());
    return Image.run(command, Map.of("PATH", Programs.PATH)).out().lines().toList();
  }
}
