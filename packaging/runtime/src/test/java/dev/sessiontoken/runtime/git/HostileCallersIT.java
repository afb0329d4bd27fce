package dev.sessiontoken.runtime.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sessiontoken.runtime.Image;
import dev.sessiontoken.runtime.Programs;
import dev.sessiontoken.testkit.FakeCoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Callers of the helpers for git that are many at once, trace all, or never close a pipe. */
class HostileCallersIT {
  private static final int NOBODY = 65534;
  private static final int RUNS = 20;
  private static final int AT_ONCE = 24;

  @TempDir private Path folder;

  private final FakeCoder coder = FakeCoder.start();
  private Workspace workspace;

  @BeforeEach
  void start() throws Exception {
    Programs.need("git");
    workspace = Workspace.in(folder, coder);
  }

  @AfterEach
  void stop() {
    coder.close();
  }

  private List<String> helperLines() throws Exception {
    return workspace.run("config", "--global", "--get-all", "credential.helper").lines().toList();
  }

  @Test
  void writesNoKeyIntoTheFolderOfAnotherUser() throws Exception {
    Programs.need("ssh", "sshd", "ssh-keygen");
    assumeTrue(Programs.isRoot(), "only root has folders of other users");
    var others = Files.createDirectory(folder.resolve("runtime-of-another"));
    Files.setAttribute(others, "unix:uid", NOBODY);
    var user = workspace.with("XDG_RUNTIME_DIR", others.toString());
    try (var host = new SshHost(folder);
        var watch = others.getFileSystem().newWatchService()) {
      others.register(watch, StandardWatchEventKinds.ENTRY_CREATE);
      host.allow(coder.sshKey().publicKey());
      for (int i = 0; i < RUNS; i++) {
        assertThat(Image.run(ssh(host), user.environment())).isEqualTo(new Image.Result(0, "", ""));
      }
      assertThat(watch.poll()).as("files made in the folder").isNull();
    }
  }

  private static List<String> ssh(SshHost host) {
    String line =
        Image.program()
            + " gitssh -- -F /dev/null -o LogLevel=ERROR -o StrictHostKeyChecking=no"
            + " -o UserKnownHostsFile=/dev/null -o IdentitiesOnly=yes -p "
            + host.port()
            + " 127.0.0.1 true";
    return List.of(line.split(" ", -1));
  }

  @Test
  void manySetupsAtOnceWriteOneLine() throws Exception {
    var command = List.of(Image.program().toString(), "setup", "git");
    var setups = new ArrayList<Image.Running>();
    for (int i = 0; i < AT_ONCE; i++) setups.add(Image.start(command, workspace.environment()));
    for (var each : setups) assertThat(each.result().status()).isZero();
    assertThat(helperLines()).hasSize(1);
  }

  @Test
  void traceOfGitConfusesNoSetup() throws Exception {
    var traced = workspace.with("GIT_TRACE", "1").with("GIT_TRACE_SETUP", "1").environment();
    for (int i = 0; i < 2; i++) {
      var result = Image.run(traced, "setup", "git");
      assertThat(result.status()).isZero();
      assertThat(result.out()).doesNotContain("trace");
    }
    assertThat(helperLines()).hasSize(1);
    assertThat(Image.run(traced, "setup", "git", "--undo").status()).isZero();
    assertThat(workspace.tryOut("config", "--global", "--get-all", "credential.helper").out())
        .isEmpty();
  }

  @Test
  void answersBeforeThePipeIsClosed() throws Exception {
    var builder = new ProcessBuilder(Image.program().toString(), "git-credential", "get");
    builder.environment().clear();
    builder.environment().putAll(workspace.environment());
    var helper = builder.start();
    try (var in = helper.getOutputStream()) {
      in.write("protocol=https\nhost=github.com\n\n".getBytes(StandardCharsets.UTF_8));
      in.flush();
      var answer = new String(helper.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(answer).contains("password=gho_bananas\n");
      assertThat(helper.waitFor(20, TimeUnit.SECONDS)).isTrue();
    }
  }
}
