package dev.sessiontoken.runtime.resident;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sessiontoken.runtime.Image;
import dev.sessiontoken.runtime.Programs;
import dev.sessiontoken.testkit.FakeCoder;
import dev.sessiontoken.testkit.Fault;
import dev.sessiontoken.testkit.tls.ServerChain;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The resident helper of the built image: its life, and calls that go through it. */
@Timeout(120)
class ResidentIT {
  private static final Image.Result TOKEN = new Image.Result(0, "gho_bananas", "");
  private static final String[] JOB = {"external-auth", "access-token", "github"};

  private final FakeCoder coder = FakeCoder.start();

  @AfterEach
  void stop() {
    coder.close();
  }

  private Map<String, String> agent() {
    return Map.of(
        "CODER_AGENT_URL", coder.url().toString(), "CODER_AGENT_TOKEN", coder.agentToken());
  }

  @Test
  void answersCallsUntilItIsStopped() throws Exception {
    try (var resident = Resident.start()) {
      for (int i = 0; i < 3; i++) {
        assertThat(Image.run(resident.environment(agent()), JOB)).isEqualTo(TOKEN);
      }
      assertThat(resident.calls()).isEqualTo(3);
      assertThat(resident.run("resident", "stop").status()).isZero();
      assertThat(resident.socket()).doesNotExist();
      assertThat(resident.run("resident", "status").status()).isEqualTo(3);
      assertThat(Image.run(resident.environment(agent()), JOB)).isEqualTo(TOKEN);
    }
  }

  @Test
  void isLeftAsideWhereTheUserSaysSo() throws Exception {
    try (var resident = Resident.start()) {
      var off = Image.with(resident.environment(agent()), "CODER_RESIDENT", "0");
      assertThat(Image.run(off, JOB)).isEqualTo(TOKEN);
      assertThat(resident.calls()).isZero();
    }
  }

  static Stream<List<String>> lines() {
    return Stream.of(
        List.of(JOB),
        List.of("external-auth", "access-token", "gitlab"),
        List.of("external-auth", "access-token", "nonsense"),
        List.of("external-auth", "access-token", "nonsense", "--output", "json"),
        List.of("external-auth", "access-token", "slack", "--extra", "authed_user.id"),
        List.of("external-auth", "access-token", "slack", "--extra", "authed_user.#(id"),
        List.of("external-auth", "access-token", "github", "--output", "json"),
        List.of("external-auth", "access-token", "github", "--agent-token", "wrong"),
        List.of("external-auth", "access-token", "github", "--agent-url", "http://127.0.0.1:1"),
        List.of("external-auth", "access-token", "github", "--no-such-flag"),
        List.of("external-auth", "access-token"),
        List.of("external-auth", "list"),
        List.of("Password for 'https://x@github.com': "),
        List.of("Password for 'https://x@nowhere.example': "),
        List.of("nonsense"),
        List.of());
  }

  @ParameterizedTest
  @MethodSource("lines")
  void givesTheBytesOfAProcessOfItsOwn(List<String> line) throws Exception {
    var args = line.toArray(String[]::new);
    try (var resident = Resident.start()) {
      var warm = Image.run(resident.environment(agent()), args);
      var again = Image.run(resident.environment(agent()), args);
      assertThat(resident.calls()).isEqualTo(2);
      assertThat(timeless(warm)).isEqualTo(timeless(Image.run(agent(), args)));
      assertThat(timeless(again)).isEqualTo(timeless(warm));
    }
  }

  private static Image.Result timeless(Image.Result result) {
    String err =
        result
            .err()
            .replaceAll("in \\d+ ms", "in some ms")
            .replaceAll("\"request_id\":\"[^\"]*\"", "\"request_id\":\"any\"");
    return new Image.Result(result.status(), result.out(), err);
  }

  @Test
  void keepsOneConnectionToAServerThatSpeaksTls(@TempDir Path folder) throws Exception {
    var chain = ServerChain.p256();
    var authority = folder.resolve("authority.pem");
    chain.writeAuthority(authority);
    try (var encrypted = FakeCoder.start(chain.serverContext());
        var resident = Resident.start()) {
      var environment =
          resident.environment(
              Map.of(
                  "CODER_AGENT_URL", encrypted.url().toString(),
                  "CODER_AGENT_TOKEN", encrypted.agentToken(),
                  "CODER_CA_FILE", authority.toString()));
      for (int i = 0; i < 5; i++) assertThat(Image.run(environment, JOB)).isEqualTo(TOKEN);
      assertThat(resident.calls()).isEqualTo(5);
      assertThat(resident.status().getInt("connections")).isOne();
      Files.writeString(authority, "no certificate");
      assertThat(Image.run(environment, JOB).status()).isEqualTo(3);
    }
  }

  @Test
  void isStartedTwiceAtOnce() throws Exception {
    try (var resident = Resident.notStarted()) {
      var line = List.of(Image.program().toString(), "resident", "start");
      var first = Image.start(line, resident.environment(Map.of()));
      var second = Image.start(line, resident.environment(Map.of()));
      assertThat(first.result().status()).isZero();
      assertThat(second.result().status()).isZero();
      assertThat(Image.run(resident.environment(agent()), JOB)).isEqualTo(TOKEN);
      assertThat(resident.run("resident", "start").err()).contains("runs already");
    }
  }

  @Test
  void mayBeKilledInMidCall() throws Exception {
    for (int i = 0; i < 5; i++) {
      try (var resident = Resident.start()) {
        long pid = resident.pid();
        int before = coder.requests().size();
        coder.fault(new Fault.Held());
        var line = Stream.concat(Stream.of(Image.program().toString()), Stream.of(JOB)).toList();
        var call = Image.start(line, resident.environment(agent()));
        coder.awaitRequests(before + 1);
        resident.signal("KILL", pid);
        assertThat(call.result()).isEqualTo(TOKEN);
        coder.resume();
      }
    }
  }

  @Test
  void mayBeStoppedByASignal() throws Exception {
    try (var resident = Resident.start()) {
      long pid = resident.pid();
      resident.signal("STOP", pid);
      assertThat(Image.run(resident.environment(agent()), JOB)).isEqualTo(TOKEN);
      resident.signal("CONT", pid);
    }
  }

  @Test
  void removesItsSocketWhenItIsTerminated() throws Exception {
    try (var resident = Resident.notStarted()) {
      var line = List.of(Image.program().toString(), "resident", "start", "--foreground");
      var builder = new ProcessBuilder(line).redirectErrorStream(true);
      builder.environment().clear();
      builder.environment().putAll(resident.environment(Map.of()));
      var process = builder.start();
      assertThat(process.inputReader().readLine())
          .isEqualTo("coder: the resident helper answers at " + resident.socket());
      assertThat(resident.pid()).isEqualTo(process.pid());
      resident.signal("TERM", process.pid());
      assertThat(process.waitFor()).isEqualTo(143);
      assertThat(resident.socket()).doesNotExist();
    }
  }

  @Test
  void holdsNoTokenInItsEnvironment() throws Exception {
    try (var resident = Resident.notStarted()) {
      Image.run(resident.environment(agent()), "resident", "start");
      var environment = Path.of("/proc", String.valueOf(resident.pid()), "environ");
      assertThat(Files.readString(environment)).doesNotContain(coder.agentToken());
    }
  }

  @Test
  void answersGitsCredentialHelper(@TempDir Path folder) throws Exception {
    var question = Files.writeString(folder.resolve("in"), "protocol=https\nhost=github.com\n\n");
    try (var resident = Resident.start()) {
      var line =
          List.of(
              "/bin/sh",
              "-c",
              "exec \"$1\" git-credential get <" + question,
              "sh",
              Image.program().toString());
      assertThat(Image.run(line, resident.environment(agent())).out())
          .contains("password=gho_bananas\n");
      assertThat(resident.calls()).isOne();
    }
  }

  @Test
  void isStoppedWhileACallLasts() throws Exception {
    try (var resident = Resident.start()) {
      coder.fault(new Fault.Held());
      var line = Stream.concat(Stream.of(Image.program().toString()), Stream.of(JOB)).toList();
      var call = Image.start(line, resident.environment(agent()));
      coder.awaitRequests(1);
      assertThat(resident.run("resident", "stop").status()).isZero();
      assertThat(call.result()).isEqualTo(TOKEN); // by a JVM of its own
    }
  }

  private static String id(Path image) throws Exception {
    return Files.readString(image.resolve("lib/image-id")).strip();
  }

  private static void replaceId(Path image, String id) throws Exception {
    var launcher = image.resolve("bin/coder");
    var text = Files.readString(launcher).replace(id(image), id);
    Files.writeString(launcher, text);
    Files.writeString(image.resolve("lib/image-id"), id + "\n");
  }

  @Test
  void endsWhenItsImageIsUpgradedAndRemoved(@TempDir Path folder) throws Exception {
    var first = folder.resolve("v1");
    var second = folder.resolve("v2");
    Programs.run("cp", "-a", Image.folder().toString(), first.toString());
    Programs.run("cp", "-a", first.toString(), second.toString());
    replaceId(second, "fedcba9876543210");
    var current = Files.createSymbolicLink(folder.resolve("current"), first);
    var program = current.resolve("bin/coder").toString();
    var line = Stream.concat(Stream.of(program), Stream.of(JOB)).toList();
    try (var resident = Resident.start()) { // its image has the id of the first copy
      resident.run("resident", "stop");
      var environment = resident.environment(agent());
      Programs.run(environment, program, "resident", "start");
      var helper = ProcessHandle.of(resident.pid()).orElseThrow();
      assertThat(Image.run(line, environment)).isEqualTo(TOKEN);
      assertThat(resident.calls()).isOne();
      Files.delete(current);
      Files.createSymbolicLink(current, second);
      assertThat(Image.run(line, environment)).isEqualTo(TOKEN);
      assertThat(resident.calls()).isOne();
      Programs.run(environment, program, "resident", "start");
      Programs.run("rm", "-r", first.toString());
      helper.onExit().get();
      assertThat(resident.socket()).doesNotExist();
      assertThat(Image.run(line, environment)).isEqualTo(TOKEN);
      assertThat(Programs.run(environment, program, "resident", "status")).contains("calls  1\n");
      Programs.run(environment, program, "resident", "stop");
    }
  }

  @Test
  void isNotUsedByAnImageWithoutItsClient(@TempDir Path folder) throws Exception {
    var copy = folder.resolve("copy");
    Programs.run("cp", "-a", Image.folder().toString(), copy.toString());
    Files.deleteIfExists(copy.resolve("bin/coder-warm"));
    String program = copy.resolve("bin/coder").toString();
    var environment = Image.with(agent(), "HOME", folder.toString());
    assertThat(Image.run(List.of(program, JOB[0], JOB[1], JOB[2]), environment)).isEqualTo(TOKEN);
    for (String command : List.of("start", "status", "stop")) {
      var result = Image.run(List.of(program, "resident", command), environment);
      assertThat(result.status()).isEqualTo(3);
      assertThat(result.err()).contains("bin/coder-warm is missing").contains("(cc)");
    }
  }
}
