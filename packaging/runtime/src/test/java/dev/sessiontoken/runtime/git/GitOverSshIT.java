package dev.sessiontoken.runtime.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sessiontoken.runtime.Image;
import dev.sessiontoken.runtime.Programs;
import dev.sessiontoken.testkit.FakeCoder;
import dev.sessiontoken.testkit.Fault;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Real ssh and git through {@code coder gitssh}, against a real sshd. */
class GitOverSshIT {

  @TempDir private Path folder;

  private final FakeCoder coder = FakeCoder.start();
  private SshHost host;
  private Workspace workspace;

  @BeforeEach
  void start() throws Exception {
    Programs.need("git", "ssh", "sshd", "ssh-keygen");
    host = new SshHost(folder);
    workspace = Workspace.in(folder, coder);
    config("");
  }

  @AfterEach
  void stop() {
    coder.close();
    if (host != null) host.close();
  }

  /** Writes the user's configuration of ssh, which replaces the machine's. */
  private void config(String more) throws IOException {
    Files.writeString(
        folder.resolve("ssh_config"),
        "Host *\nStrictHostKeyChecking no\nUserKnownHostsFile /dev/null\nLogLevel ERROR\n"
            + "IdentitiesOnly yes\nGlobalKnownHostsFile /dev/null\nPort "
            + host.port()
            + "\n"
            + more);
  }

  private String userKey(String passphrase) throws Exception {
    var file = folder.resolve("user");
    Programs.run("ssh-keygen", "-q", "-t", "ed25519", "-N", passphrase, "-f", file.toString());
    config("IdentityFile " + file + "\n");
    return Files.readString(folder.resolve("user.pub")).strip();
  }

  private String fingerprint(String publicKey) throws Exception {
    var file = Files.writeString(folder.resolve("fingerprint.pub"), publicKey + "\n");
    return Programs.run("ssh-keygen", "-lf", file.toString()).split(" ", -1)[1];
  }

  private String accepted() throws Exception {
    var lines = host.log().lines().filter(line -> line.contains("Accepted publickey")).toList();
    return lines.isEmpty() ? "" : lines.getLast();
  }

  private List<String> command(String... arguments) {
    var command = new ArrayList<>(List.of(Image.program().toString(), "gitssh", "--"));
    command.addAll(List.of("-F", folder.resolve("ssh_config").toString(), "127.0.0.1"));
    command.addAll(List.of(arguments));
    return command;
  }

  private Image.Result ssh(String... arguments) throws Exception {
    return Image.run(command(arguments), workspace.environment());
  }

  @Test
  void clonesAndPushesWithTheKeyOfTheDeployment() throws Exception {
    host.allow(coder.sshKey().publicKey());
    Programs.run("git", "init", "-q", "--bare", "-b", "main", folder.resolve("a.git").toString());
    String line = Image.program() + " gitssh -- -F " + folder.resolve("ssh_config");
    var user = workspace.with("GIT_SSH_COMMAND", line);
    user.run("clone", "--quiet", "ssh://127.0.0.1:" + host.port() + folder + "/a.git", "one");
    user.push("one", "a");
    user.run("clone", "--quiet", "ssh://127.0.0.1:" + host.port() + folder + "/a.git", "two");
    assertThat(user.home().resolve("two/a")).exists();
    assertThat(accepted()).contains(fingerprint(coder.sshKey().publicKey()));
  }

  @Test
  void offersTheUsersOwnKeyFirst() throws Exception {
    String own = userKey("");
    host.allow(own, coder.sshKey().publicKey());
    assertThat(ssh("true")).isEqualTo(new Image.Result(0, "", ""));
    assertThat(accepted()).contains(fingerprint(own));
  }

  @Test
  void offersTheDeploymentsKeyWhenTheUsersIsRefused() throws Exception {
    userKey("");
    host.allow(coder.sshKey().publicKey());
    assertThat(ssh("true")).isEqualTo(new Image.Result(0, "", ""));
    assertThat(accepted()).contains(fingerprint(coder.sshKey().publicKey()));
  }

  @Test
  void skipsAKeyWhosePassphraseCannotBeEntered() throws Exception {
    String own = userKey("a passphrase");
    host.allow(own, coder.sshKey().publicKey());
    assertThat(ssh("true").status()).isZero();
    assertThat(accepted()).contains(fingerprint(coder.sshKey().publicKey()));
  }

  @ParameterizedTest
  @CsvSource({"exit 0, 0", "exit 7, 7", "kill -TERM $$, 255"})
  void endsWithTheStatusOfSsh(String remote, int status) throws Exception {
    host.allow(coder.sshKey().publicKey());
    assertThat(ssh(remote)).isEqualTo(new Image.Result(status, "", ""));
  }

  @Test
  void passesInputAndOutputOn() throws Exception {
    host.allow(coder.sshKey().publicKey());
    var input = Files.write(folder.resolve("input"), new byte[] {0, 1, -1, '\r', '\n', 'x'});
    var result =
        Image.run(
            List.of(
                "/bin/sh",
                "-c",
                String.join(" ", command("'cat; echo err >&2'")) + " <" + input + " | od -An -tx1"),
            workspace.environment());
    assertThat(result.out().strip()).isEqualTo("00 01 ff 0d 0a 78");
    assertThat(result.err()).isEqualTo("err\n");
  }

  @Test
  void passesTheEnvironmentOn() throws Exception {
    host.allow(coder.sshKey().publicKey());
    config("PermitLocalCommand yes\nLocalCommand env\n");
    var here = Image.with(workspace.environment(), "LC_ALL", "POSIX");
    assertThat(Image.run(command("true"), here).out())
        .contains("LC_ALL=POSIX\n", "CODER_AGENT_URL=" + coder.url() + "\n")
        .doesNotContain("CODER_LC_ALL", "MALLOC_ARENA_MAX");
    assertThat(ssh("true").out()).doesNotContain("LC_ALL");
  }

  @Test
  void worksWithStandardInputClosed() throws Exception {
    host.allow(coder.sshKey().publicKey());
    var result =
        Image.run(
            List.of("/bin/sh", "-c", String.join(" ", command("'wc -c'")) + " <&-"),
            workspace.environment());
    assertThat(result).isEqualTo(new Image.Result(0, "0\n", ""));
  }

  @Test
  void showsThePublicKeyWhenAllKeysAreRefused() throws Exception {
    var result = ssh("true");
    assertThat(result.status()).isEqualTo(255);
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .contains("Permission denied (publickey)", "\n" + coder.sshKey().publicKey() + "\n")
        .doesNotContain("PRIVATE");
  }

  @Test
  void showsNoKeyWhenTheHostIsUnreachable() throws Exception {
    config("HostName 127.0.0.1\nConnectTimeout 5\n");
    host.close();
    var result = ssh("true");
    assertThat(result.status()).isEqualTo(255);
    assertThat(result.err()).contains("port " + host.port()).doesNotContain("ssh-ed25519");
  }

  @Test
  void answersGitsQueryOfTheSshVariantWithoutARequest() throws Exception {
    assertThat(ssh("-G").out()).contains("hostname 127.0.0.1");
    assertThat(coder.requests()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"TERM, 143", "INT, 130", "HUP, 129", "KILL, 137"})
  void leavesNoKeyFileWhenItIsEnded(String signal, int status) throws Exception {
    host.allow(coder.sshKey().publicKey());
    var builder = new ProcessBuilder(Image.signalled(command("echo started; exec sleep 300")));
    builder.environment().clear();
    builder.environment().putAll(workspace.environment());
    var process = builder.start();
    try (var spy = new Spy(Map.of(coder.sshKey().privateKey(), "cmdline environ"));
        var out =
            new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      assertThat(out.readLine()).isEqualTo("started");
      var children = process.descendants().toList();
      assertThat(children).isNotEmpty();
      Programs.run("kill", "-s", signal, String.valueOf(process.pid()));
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(status);
      if (signal.equals("KILL")) children.forEach(ProcessHandle::destroy);
      for (var child : children) child.onExit().get(30, TimeUnit.SECONDS);
      assertThat(spy.found()).isEmpty();
    }
    String line = coder.sshKey().privateKey().lines().toList().get(1);
    for (String place : List.of("/dev/shm", workspace.home().toString())) {
      var result = Image.run(List.of("grep", "-rlFs", line, place), Map.of("PATH", Programs.PATH));
      assertThat(result.out()).isEmpty();
    }
    assertThat(workspace.home().resolve("tmp")).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(strings = {"%h", "%h-%r-%p", "${KEYS_OF}", "%%", "my key %h", "#%h"})
  void offersTheUsersKeyWhoseNameSshExpands(String name) throws Exception {
    String own = userKey("");
    String expanded =
        name.replace("%h", "127.0.0.1")
            .replace("%r", System.getProperty("user.name"))
            .replace("%p", String.valueOf(host.port()))
            .replace("${KEYS_OF}", "a")
            .replace("%%", "%");
    Files.move(folder.resolve("user"), folder.resolve(expanded));
    Files.delete(folder.resolve("user.pub"));
    config("IdentityFile \"" + folder + "/" + name + "\"\n");
    host.allow(own, coder.sshKey().publicKey());
    var here = Image.with(workspace.environment(), "KEYS_OF", "a");
    assertThat(Image.run(command("true"), here)).isEqualTo(new Image.Result(0, "", ""));
    assertThat(accepted()).contains(fingerprint(own));
  }

  @Test
  void saysUnderVWhichKeyOfTheSettingsIsNoFile() throws Exception {
    config("IdentityFile " + folder + "/gone\n");
    host.allow(coder.sshKey().publicKey());
    var verbose = new ArrayList<>(command("true"));
    verbose.add(1, "-v");
    assertThat(Image.run(verbose, workspace.environment()).err()).contains("no file: " + folder);
  }

  @Test
  void asksSshForItsSettingsOnce() throws Exception {
    var calls = folder.resolve("calls");
    var bin = Files.createDirectory(folder.resolve("bin"));
    var ssh = bin.resolve("ssh");
    Files.writeString(ssh, "#!/bin/sh\necho \"$1\" >>" + calls + "\nexec /usr/bin/ssh \"$@\"\n");
    Programs.run("chmod", "+x", ssh.toString());
    host.allow(coder.sshKey().publicKey());
    var here = Image.with(workspace.environment(), "PATH", bin + ":" + Programs.PATH);
    assertThat(Image.run(command("true"), here).status()).isZero();
    assertThat(Files.readAllLines(calls)).hasSize(2).containsOnlyOnce("-G");
  }

  @Test
  void saysHowToOfferFewerKeys() throws Exception {
    Programs.need("ssh-agent", "ssh-add");
    host.allow(coder.sshKey().publicKey());
    String own = Files.readString(folder.resolve("ssh_config"));
    Files.writeString(
        folder.resolve("ssh_config"), own.replace("IdentitiesOnly yes", "IdentitiesOnly no"));
    String socket = folder.resolve("agent").toString();
    var agent = Programs.start(folder, "ssh-agent", "-D", "-a", socket);
    try {
      while (!Files.exists(Path.of(socket))) {
        assertThat(agent.waitFor(50, TimeUnit.MILLISECONDS)).as("the agent ended").isFalse();
      }
      var here = Image.with(workspace.environment(), "SSH_AUTH_SOCK", socket);
      for (int i = 0; i < 8; i++) addKey(folder.resolve("agent" + i).toString(), here);
      var result = Image.run(command("true"), here);
      assertThat(result.status()).isEqualTo(255);
      assertThat(result.err())
          .contains("Too many authentication failures", "IdentitiesOnly yes")
          .doesNotContain("settings/ssh/new");
    } finally {
      agent.destroy();
    }
  }

  private static void addKey(String file, Map<String, String> here) throws Exception {
    Programs.run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", file);
    var added = Image.run(List.of("ssh-add", "-q", file), here);
    assertThat(added.status()).as(added.err()).isZero();
  }

  @Test
  void takesAKeyWhoseLastLineHasNoEnd() throws Exception {
    var key = coder.sshKey();
    host.allow(key.publicKey());
    String escaped = key.privateKey().strip().replace("\n", "\\n");
    coder.fault(
        Fault.json(
            200,
            "{\"public_key\":\"%s\",\"private_key\":\"%s\"}".formatted(key.publicKey(), escaped)));
    assertThat(ssh("true")).isEqualTo(new Image.Result(0, "", ""));
  }

  @ParameterizedTest
  @CsvSource({"404, 7", "500, 0"})
  void goesOnWithTheUsersKeyWhenTheDeploymentHasNone(int answer, int status) throws Exception {
    String own = userKey("");
    host.allow(own);
    coder.faultAlways(Fault.json(answer, "{\"message\":\"No key.\"}"));
    var result = ssh("exit " + status);
    assertThat(result.status()).isEqualTo(status);
    assertThat(result.err())
        .startsWith("coder: ssh goes on without the deployment's key: ")
        .contains("HTTP " + answer)
        .hasLineCount(1);
  }

  @Test
  void passesOverAFolderThatIsMissing() throws Exception {
    host.allow(coder.sshKey().publicKey());
    var here = Image.with(workspace.environment(), "XDG_RUNTIME_DIR", "/nonexistent");
    assertThat(Image.run(command("true"), here)).isEqualTo(new Image.Result(0, "", ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mount -t tmpfs -o size=4k none /dev/shm && head -c 4096 /dev/zero >/dev/shm/full",
        "mount -t tmpfs -o ro none /dev/shm"
      })
  void passesOverAFolderInMemoryThatCannotBeWritten(String mount) throws Exception {
    Programs.need("unshare", "mount");
    var inside = List.of("unshare", "-m", "/bin/sh", "-c", mount + "; exec \"$@\"", "sh");
    var tried = new ArrayList<>(inside);
    tried.add("true");
    assumeTrue(Image.run(tried, workspace.environment()).err().isEmpty(), "may not mount");
    host.allow(coder.sshKey().publicKey());
    var line = new ArrayList<>(inside);
    line.addAll(command("true"));
    assertThat(Image.run(line, workspace.environment())).isEqualTo(new Image.Result(0, "", ""));
  }
}
