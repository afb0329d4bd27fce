package dev.sessiontoken.resident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sessiontoken.cli.resident.Frame;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code packaging/client/coder-warm.c}, compiled with the sanitizers for addresses and undefined
 * behaviour, against servers that answer well, badly or not at all. The cold command line is a
 * script that repeats its arguments and its input.
 */
@Timeout(120)
class WarmClientTest {
  private static final Path SOURCE = Path.of("../../packaging/client/coder-warm.c");
  private static final String ID = "0123456789abcdef";
  private static final String JOB = "external-auth access-token gith\u00fcb";
  private static final Ended COLD = new Ended(0, "cold " + JOB + "\n", "");
  private static final Ended WARM = new Ended(5, "gho_bananas", "coder: warning: ü\n");

  @TempDir private static Path tools;
  @TempDir private Path scratch;
  private Path folder;
  private Path socket;

  /** Exit status, standard output and standard error of the client. */
  record Ended(int status, String out, String err) {}

  @BeforeAll
  static void compile() throws Exception {
    assumeTrue(run("cc", "--version").status() == 0, "cc is missing");
    var compiled =
        run(
            "cc",
            "-std=c11",
            "-Wall",
            "-Wextra",
            "-Werror",
            "-g",
            "-fsanitize=address,undefined",
            "-fno-sanitize-recover=all",
            "-o",
            tools.resolve("warm").toString(),
            SOURCE.toString());
    assertThat(compiled.status()).as(compiled.err()).isZero();
    var cold = tools.resolve("cold");
    Files.writeString(cold, "#!/bin/sh\nshift 2\necho \"cold $*\"\ncat\n");
    Files.setPosixFilePermissions(cold, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @BeforeEach
  void makeFolder() throws IOException {
    folder = Files.createDirectory(scratch.resolve("run"));
    mode("rwx------");
    socket = folder.resolve("id.sock");
  }

  private void mode(String permissions) throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(permissions));
  }

  private static Ended run(String... command) throws Exception {
    return runWithInput("", command);
  }

  private static Ended runWithInput(String input, String... command) throws Exception {
    Process process;
    try {
      process = new ProcessBuilder(command).start();
    } catch (IOException e) {
      return new Ended(127, "", String.valueOf(e.getMessage()));
    }
    try (var in = process.getOutputStream()) {
      in.write(input.getBytes(StandardCharsets.UTF_8));
    } catch (IOException _) {
      // the client does not read its input
    }
    byte[] out = process.getInputStream().readAllBytes();
    byte[] err = process.getErrorStream().readAllBytes();
    return new Ended(
        process.waitFor(),
        new String(out, StandardCharsets.UTF_8),
        new String(err, StandardCharsets.UTF_8));
  }

  /** The client's command line, in an environment of which only a part is sent. */
  private List<String> line(Path path, String... arguments) {
    var line =
        new ArrayList<>(
            List.of(
                "/usr/bin/env",
                "-i",
                "PATH=/usr/bin:/bin",
                "CODER_AGENT_URL=https://coder.example.com",
                "SECRET=of another program",
                "HOME=/home/u",
                "https_proxy=http://p:3128",
                tools.resolve("warm").toString(),
                path.toString(),
                ID,
                "/opt/coder/bin/coder",
                tools.resolve("cold").toString(),
                "-m",
                "main"));
    line.addAll(List.of(arguments));
    return line;
  }

  private Ended call(String... arguments) throws Exception {
    return run(line(socket, arguments).toArray(String[]::new));
  }

  private Ended call() throws Exception {
    return call(JOB.split(" ", -1));
  }

  @Test
  void sendsAndReadsTheBytesThatTheServerKnows() throws Exception {
    try (var server = FakeResident.answering(socket, Golden.ANSWER)) {
      assertThat(call()).isEqualTo(WARM);
      assertThat(server.request()).isEqualTo(Golden.REQUEST);
    }
  }

  @Test
  void goesColdWithoutASocket() throws Exception {
    assertThat(call()).isEqualTo(COLD);
  }

  @Test
  void goesColdAndRemovesASocketWithoutAServer() throws Exception {
    try (var listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      listener.bind(UnixDomainSocketAddress.of(socket));
    }
    assertThat(call()).isEqualTo(COLD);
    assertThat(socket).doesNotExist();
  }

  @Test
  void goesColdIfTheSocketIsAFile() throws Exception {
    Files.createFile(socket);
    assertThat(call()).isEqualTo(COLD);
    assertThat(socket).exists();
  }

  @ParameterizedTest
  @ValueSource(strings = {"rwxr-xr-x", "rwx--x---", "rwx-----x", "r-x------"})
  void goesColdIfTheFolderHasAnotherMode(String mode) throws Exception {
    try (var _ = FakeResident.answering(socket, Golden.ANSWER)) {
      mode(mode);
      assertThat(call()).isEqualTo(COLD);
    }
  }

  @Test
  void goesColdIfTheFolderIsALink() throws Exception {
    try (var _ = FakeResident.answering(socket, Golden.ANSWER)) {
      var link = Files.createSymbolicLink(scratch.resolve("link"), folder);
      var line = line(link.resolve("id.sock"), JOB.split(" ", -1));
      assertThat(run(line.toArray(String[]::new))).isEqualTo(COLD);
    }
  }

  @Test
  void goesColdIfTheFolderBelongsToAnotherUser() throws Exception {
    assumeRoot();
    try (var _ = FakeResident.answering(socket, Golden.ANSWER)) {
      Files.setAttribute(folder, "unix:uid", 65534);
      assertThat(call()).isEqualTo(COLD);
    }
  }

  @Test
  void goesColdIfTheServerIsOfAnotherUser() throws Exception {
    assumeRoot();
    try (var _ = FakeResident.answering(socket, Golden.ANSWER)) {
      Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rwxrwxrwx"));
      Files.setAttribute(folder, "unix:uid", 65534);
      for (var each : List.of(scratch, tools)) {
        Files.setPosixFilePermissions(each, PosixFilePermissions.fromString("rwxr-xr-x"));
      }
      var line = line(socket, JOB.split(" ", -1));
      line.addAll(0, List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"));
      assertThat(run(line.toArray(String[]::new))).isEqualTo(COLD);
    }
  }

  @Test
  void goesColdIfTheServerIsOutsideOfItsNamespaces() throws Exception {
    assumeTrue(run("unshare", "--net", "true").status() == 0, "unshare is not allowed");
    try (var _ = FakeResident.answering(socket, Golden.ANSWER)) {
      for (String kind : List.of("--net", "--mount")) {
        var line = line(socket, JOB.split(" ", -1));
        line.addAll(0, List.of("unshare", kind));
        assertThat(run(line.toArray(String[]::new))).as(kind).isEqualTo(COLD);
      }
    }
  }

  private static void assumeRoot() {
    assumeTrue("root".equals(System.getProperty("user.name")), "only root can change users");
  }

  @Test
  void goesColdIfThePathIsTooLongOrRelative() throws Exception {
    var deep = Path.of("/" + "a".repeat(108));
    for (var path : List.of(deep, Path.of("id.sock"), Path.of("/id.sock"))) {
      var line = line(path, JOB.split(" ", -1));
      assertThat(run(line.toArray(String[]::new))).isEqualTo(COLD);
    }
  }

  @Test
  void goesColdIfTheRequestIsTooLong() throws Exception {
    try (var _ = FakeResident.answering(socket, Golden.ANSWER)) {
      var many = new String[4];
      Arrays.fill(many, "x".repeat(100_000));
      assertThat(call(many).out()).startsWith("cold xxx");
    }
  }

  @Test
  void goesColdIfTheServerSaysSo() throws Exception {
    var answer = new ByteArrayOutputStream();
    answer.write(Frame.VERSION);
    Frame.of(Frame.BEAT).write(answer);
    Frame.of(Frame.OUT, "half an answer").write(answer);
    Frame.of(Frame.COLD).write(answer);
    try (var _ = FakeResident.answering(socket, answer.toByteArray())) {
      assertThat(call()).isEqualTo(COLD);
    }
  }

  @Test
  void goesColdIfTheAnswerIsCutAtAnyByte() throws Exception {
    for (int length = 0; length < Golden.ANSWER.length; length++) {
      var path = folder.resolve(length + ".sock");
      try (var _ = FakeResident.answering(path, Arrays.copyOf(Golden.ANSWER, length))) {
        var line = line(path, JOB.split(" ", -1));
        assertThat(run(line.toArray(String[]::new))).as(length + " bytes").isEqualTo(COLD);
      }
    }
  }

  @Test
  void goesColdIfTheServerIsSilent() throws Exception {
    try (var _ = FakeResident.stuckAfter(socket, new byte[0])) {
      assertThat(call()).isEqualTo(COLD);
    }
  }

  @Test
  void goesColdIfTheServerIsSilentFromSomeTimeOn() throws Exception {
    byte[] half = Arrays.copyOf(Golden.ANSWER, 12);
    try (var _ = FakeResident.stuckAfter(socket, half)) {
      assertThat(call()).isEqualTo(COLD);
    }
  }

  @Test
  void goesColdIfNobodyAccepts() throws Exception {
    try (var listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      listener.bind(UnixDomainSocketAddress.of(socket), 1);
      assertThat(call()).isEqualTo(COLD);
    }
  }

  @Test
  void goesColdIfTheAnswerIsTooLong() throws Exception {
    var answer = new ByteArrayOutputStream();
    answer.write(Frame.VERSION);
    for (int i = 0; i < 5; i++) new Frame(Frame.OUT, new byte[1 << 20]).write(answer);
    new Frame(Frame.EXIT, new byte[1]).write(answer);
    try (var _ = FakeResident.answering(socket, answer.toByteArray())) {
      assertThat(call()).isEqualTo(COLD);
    }
  }

  @Test
  void readsAnyNumberOfBeats() throws Exception {
    var answer = new ByteArrayOutputStream();
    answer.write(Frame.VERSION);
    for (int i = 0; i < 100_000; i++) Frame.of(Frame.BEAT).write(answer);
    answer.writeBytes(Arrays.copyOfRange(Golden.ANSWER, 11, Golden.ANSWER.length));
    try (var _ = FakeResident.answering(socket, answer.toByteArray())) {
      assertThat(call()).isEqualTo(WARM);
    }
  }

  @Test
  void endsWellWhateverTheServerSends() throws Exception {
    var random = new Random(1);
    for (int i = 0; i < 200; i++) {
      byte[] bytes = Golden.ANSWER.clone();
      for (int flips = random.nextInt(1, 4); flips > 0; flips--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      var path = folder.resolve(i + ".sock");
      try (var _ = FakeResident.answering(path, bytes)) {
        var ended = run(line(path, JOB.split(" ", -1)).toArray(String[]::new));
        assertThat(ended.err()).as("case %d", i).doesNotContain("Sanitizer", "runtime error");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"host=github.com\n\nmore", "host=github.com\n", "\nmore", ""})
  void sendsTheInputOfTheCredentialHelperToItsEmptyLine(String input) throws Exception {
    int end = input.startsWith("\n") ? 1 : input.indexOf("\n\n") + 2;
    String sent = end == 1 && !input.startsWith("\n") ? input : input.substring(0, end);
    try (var server = FakeResident.answering(socket, Golden.ANSWER)) {
      var line = line(socket, "git-credential", "get").toArray(String[]::new);
      assertThat(runWithInput(input, line)).isEqualTo(WARM);
      byte[] request = server.request();
      var frame =
          Frame.read(new java.io.DataInputStream(new java.io.ByteArrayInputStream(request)), 9999);
      assertThat(frame.parts().getLast().text()).isEqualTo(sent);
    }
  }

  @Test
  void handsTheInputOnWhenItGoesColdLater() throws Exception {
    try (var _ = FakeResident.answering(socket, new byte[] {9})) {
      var line = line(socket, "git-credential", "get").toArray(String[]::new);
      assertThat(runWithInput("host=github.com\n\n", line))
          .isEqualTo(new Ended(0, "cold git-credential get\nhost=github.com\n\n", ""));
    }
  }

  @Test
  void leavesTheInputOfOtherCommandsAlone() throws Exception {
    try (var _ = FakeResident.answering(socket, new byte[] {9})) {
      var line = line(socket, "logs", "send").toArray(String[]::new);
      assertThat(runWithInput("a line\n", line))
          .isEqualTo(new Ended(0, "cold logs send\na line\n", ""));
    }
  }

  @Test
  void goesColdWithAllOfAnInputThatIsTooLong() throws Exception {
    try (var _ = FakeResident.answering(socket, Golden.ANSWER)) {
      var line = line(socket, "git-credential", "get").toArray(String[]::new);
      assertThat(runWithInput("x".repeat(65_537), line).out())
          .isEqualTo("cold git-credential get\n" + "x".repeat(65_537));
    }
  }

  /** The cold command then reports what is wrong with the output. */
  @ParameterizedTest
  @ValueSource(strings = {">/dev/full", ">&-", "2>&-"})
  void goesColdIfAnOutputCannotBeWritten(String output) throws Exception {
    byte[] quiet = {1, 'B', 0, 0, 0, 0, 'O', 0, 0, 0, 1, 'x', 'X', 0, 0, 0, 1, 0};
    try (var _ = FakeResident.answering(socket, quiet)) {
      var noted = scratch.resolve("noted");
      Files.writeString(tools.resolve("noting"), "#!/bin/sh\necho cold >" + noted + "\n");
      Files.setPosixFilePermissions(
          tools.resolve("noting"), PosixFilePermissions.fromString("rwxr-xr-x"));
      var line = line(socket, "version");
      line.set(line.indexOf(tools.resolve("cold").toString()), tools.resolve("noting").toString());
      line.addAll(0, List.of("/bin/sh", "-c", "exec \"$@\" " + output, "sh"));
      run(line.toArray(String[]::new));
      assertThat(noted).content().isEqualTo("cold\n");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"INT 130", "TERM 143", "HUP 129"})
  void endsBySignalsWithTheirCodes(String signalAndStatus) throws Exception {
    var signal = signalAndStatus.split(" ", -1);
    byte[] beat = Arrays.copyOf(Golden.ANSWER, 6);
    try (var server = FakeResident.stuckAfter(socket, beat)) {
      var line = line(socket, "version");
      line.addAll(0, List.of("/usr/bin/env", "--default-signal=INT,HUP"));
      var process = new ProcessBuilder(line).start();
      server.request();
      run("kill", "-s", signal[0], String.valueOf(process.pid()));
      assertThat(process.waitFor()).isEqualTo(Integer.parseInt(signal[1]));
    }
  }
}
