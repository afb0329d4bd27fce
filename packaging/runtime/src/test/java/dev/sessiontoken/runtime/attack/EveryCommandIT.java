package dev.sessiontoken.runtime.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sessiontoken.runtime.Image;
import dev.sessiontoken.runtime.Programs;
import dev.sessiontoken.runtime.git.Spy;
import dev.sessiontoken.runtime.resident.Resident;
import dev.sessiontoken.testkit.FakeCoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Looks for secrets in all that a command leaves where others see it: command line and environment
 * of each process, both streams, traces, temporary folders. A new command is listed in {@link
 * #calls}; the last test fails until it is.
 */
class EveryCommandIT {
  private static final String BROWSER = "xdg-open";
  private static final String HEADER = "hdr-K3qW9xZt7LmP2vRb5";
  private static final String OAUTH = "gho_Zt7LmP2vRbK3qW9x";

  @TempDir private Path folder;

  private final FakeCoder coder = FakeCoder.start();
  private Path home;
  private Path seen;

  /**
   * How a command is called here.
   *
   * @param words of the command
   * @param arguments behind the words
   * @param input standard input
   * @param child program that the command runs, which must have been seen; may be empty text
   * @param answers whether standard output may hold the user's token: the command is for that
   */
  record Call(String words, List<String> arguments, String input, String child, boolean answers) {

    static Call of(String words, String... arguments) {
      return new Call(words, List.of(arguments), "", "", false);
    }

    Call input(String text) {
      return new Call(words, arguments, text, child, answers);
    }

    Call runs(String program) {
      return new Call(words, arguments, input, program, answers);
    }

    Call answersWithTheToken() {
      return new Call(words, arguments, input, child, true);
    }

    @Override
    public String toString() {
      return words;
    }
  }

  static Stream<Call> calls() {
    return Stream.of(
        Call.of("external-auth access-token", "github").answersWithTheToken(),
        Call.of("external-auth list"),
        Call.of("external-auth login", "gitlab", "--login-timeout", "300ms").runs(BROWSER),
        Call.of("gitaskpass", "Password for 'https://u@github.com': ").answersWithTheToken(),
        Call.of("git-credential", "get")
            .input("protocol=https\nhost=github.com\n\n")
            .answersWithTheToken(),
        Call.of("gitssh", "--", "-v", "h.test").runs("ssh"),
        Call.of("publickey"),
        Call.of("setup git").runs("git"),
        Call.of("docker-credential", "get").input("ghcr.io").answersWithTheToken(),
        Call.of("setup docker", "--host", "ghcr.io"),
        Call.of("exec", "github", "--print").answersWithTheToken(),
        Call.of("kube-credential", "github").answersWithTheToken(),
        Call.of("goauth", "https://ghcr.io/x").answersWithTheToken(),
        Call.of("cargo-credential", "--cargo-plugin")
            .input("{\"v\":1,\"kind\":\"get\",\"registry\":{\"index-url\":\"https://ghcr.io\"}}")
            .answersWithTheToken(),
        Call.of("keyring", "--", "get", "ghcr.io", "me").answersWithTheToken(),
        Call.of("terraform-credentials", "get", "ghcr.io").answersWithTheToken(),
        Call.of("credential-helper", "get")
            .input("{\"uri\":\"https://ghcr.io\"}")
            .answersWithTheToken(),
        Call.of("pnpm-token", "github").answersWithTheToken(),
        Call.of("hosts"),
        Call.of("setup host", "ghcr.io", "github"),
        Call.of("logs send").input("a line\n"),
        Call.of("report-status", "working", "--app", "assistant"),
        Call.of("wait-reinit", "--timeout", "2s"),
        Call.of("auth providers"),
        Call.of("resident start", "--idle", "1ms"),
        Call.of("resident stop"),
        Call.of("resident status", "--help"), // without a helper: exit code 3
        Call.of("version"));
  }

  @BeforeEach
  void start() throws Exception {
    Programs.need("git");
    coder.configure(
        new FakeCoder.Integration(
            "github", "github", "github\\.com", Optional.of(OAUTH), Optional.empty()));
    home = Files.createDirectories(folder.resolve("home/tmp")).getParent();
    seen = Files.createFile(folder.resolve("seen"));
    Files.createDirectory(folder.resolve("bin"));
    for (String program : List.of("ssh", BROWSER)) spy(program, "exit 0");
    spy("git", "PATH=" + Programs.PATH + " exec git \"$@\"");
    var header = Files.writeString(folder.resolve("header"), "X-Team=" + HEADER + "\n");
    spy("header", "cat " + header);
    Files.writeString(folder.resolve("token"), coder.agentToken());
  }

  @AfterEach
  void stop() {
    coder.close();
  }

  /** Writes a program that notes what it and its parent were called with. */
  private void spy(String name, String end) throws Exception {
    String script =
        """
        #!/bin/sh
        {
          echo NAME was run
          for place in $$/cmdline $$/environ $PPID/cmdline $PPID/environ; do
            tr '\\0' '\\n' </proc/$place
          done
        } >>SEEN
        END
        """
            .replace("NAME", name)
            .replace("SEEN", seen.toString())
            .replace("END", end);
    var file = Files.writeString(folder.resolve("bin").resolve(name), script);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private Map<String, String> environment() {
    var environment = new HashMap<String, String>();
    environment.put("HOME", home.toString());
    environment.put("TMPDIR", home.resolve("tmp").toString());
    environment.put("PATH", folder.resolve("bin") + ":" + Programs.PATH);
    environment.put("GIT_TRACE", "1");
    environment.put("GIT_TRACE_CURL", "1");
    environment.put("CODER_AGENT_URL", coder.url().toString());
    environment.put("CODER_AGENT_TOKEN_FILE", folder.resolve("token").toString());
    environment.put("CODER_AGENT_AUTH", "token-file");
    environment.put("CODER_HEADER_COMMAND", "header");
    environment.put("CODER_HOSTS", "ghcr.io github");
    return environment;
  }

  private Image.Result run(Call call, List<String> flags) throws Exception {
    var input = Files.writeString(folder.resolve("input"), call.input());
    var line = new ArrayList<>(List.of(Image.program().toString()));
    line.addAll(List.of(call.words().split(" ", -1)));
    line.addAll(flags);
    line.addAll(call.arguments());
    var command = new ArrayList<>(List.of("sh", "-c", "exec \"$@\" <" + input, "sh"));
    command.addAll(line);
    return Image.run(call.child().equals(BROWSER) ? atTerminal(line) : command, environment());
  }

  /** A page is opened for a user at a terminal only. */
  private static List<String> atTerminal(List<String> line) {
    Programs.need("script");
    return List.of("script", "-qec", String.join(" ", line), "/dev/null");
  }

  /** Secrets by the places that the spy looks at. */
  private Map<String, String> secrets() {
    var secrets = new HashMap<String, String>();
    for (String secret : List.of(coder.agentToken(), OAUTH, HEADER, privateKey())) {
      secrets.put(secret, "cmdline environ");
    }
    return secrets;
  }

  /** One line of the key: the whole is not found where lines are parted otherwise. */
  private String privateKey() {
    return coder.sshKey().privateKey().lines().toList().get(1);
  }

  @ParameterizedTest
  @MethodSource("calls")
  void showsNoSecret(Call call) throws Exception {
    if (call.words().startsWith("resident ")) Resident.need();
    for (var flags : List.of(List.<String>of(), List.of("-v"))) {
      try (var spy = new Spy(secrets())) {
        var result = run(call, flags);
        assertThat(result.status()).as(result.err()).isNotIn(2, 3, 70);
        check(result.err());
        check(call.answers() ? result.out().replace(OAUTH, "") : result.out());
        assertThat(spy.found()).isEmpty();
      }
    }
    check(Files.readString(seen));
    if (!call.child().isEmpty()) assertThat(seen).content().contains(call.child() + " was run\n");
    assertThat(filesWithSecrets(home)).isEmpty();
    assertThat(filesWithSecrets(Path.of("/dev/shm"))).isEmpty();
  }

  private void check(String text) {
    assertThat(text).doesNotContain(secrets().keySet().toArray(String[]::new));
  }

  private List<String> filesWithSecrets(Path where) throws Exception {
    var command = new ArrayList<>(List.of("grep", "-rlFs"));
    for (String secret : secrets().keySet()) command.addAll(List.of("-e", secret));
    command.add(where.toString());
    return Image.run(command, Map.of("PATH", Programs.PATH)).out().lines().toList();
  }

  @Test
  void knowsEachCommandOfTheHelp() throws Exception {
    var listed =
        Image.run(environment(), "--help")
            .out()
            .lines()
            .filter(line -> line.startsWith("  ") && !line.startsWith("   "))
            .map(String::strip)
            .toList();
    assertThat(calls().map(Call::words)).containsExactlyInAnyOrderElementsOf(listed);
  }
}
