package dev.sessiontoken.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sessiontoken.testkit.FakeCoder;
import dev.sessiontoken.testkit.ProviderJar;
import dev.sessiontoken.testkit.tls.ServerChain;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Costs of a start in numbers that do not depend on the machine's load. A change that lowers a
 * number lowers its limit here; a change that raises one gives the reason.
 */
@Timeout(120)
class StartUpIT {
  private static final int CLASSES_HTTP = 11;
  private static final int CLASSES_HTTPS = 29;
  private static final int THREADS_HTTP =
      19; // a thread pool starts one more if the machine is busy
  private static final int THREADS_HTTPS = 19;
  private static final int FILES_HTTP = 44;
  private static final int FILES_HTTPS = 53;

  private final ServerChain certificates = ServerChain.p256();
  private final FakeCoder plain = FakeCoder.start();
  private final FakeCoder encrypted = FakeCoder.start(certificates.serverContext());

  @TempDir Path folder;
  Path authority = Path.of("");

  @BeforeEach
  void writeAuthority() throws Exception {
    authority = folder.resolve("authority.pem");
    certificates.writeAuthority(authority);
  }

  @AfterEach
  void close() {
    plain.close();
    encrypted.close();
  }

  private Map<String, String> environment(FakeCoder coder, int port) {
    return Map.of(
        "CODER_AGENT_URL", coder.url().getScheme() + "://localhost:" + port,
        "CODER_AGENT_TOKEN", coder.agentToken(),
        "CODER_CA_FILE", authority.toString());
  }

  private Map<String, String> environment(FakeCoder coder) {
    return environment(coder, coder.url().getPort());
  }

  /**
   * Runs the main job as the launcher does, on {@code processors} processors; returns the JVM's log
   * of {@code what}.
   */
  private List<String> log(String what, Map<String, String> environment, String processors)
      throws Exception {
    var log = folder.resolve("log");
    var command = new ArrayList<>(List.of(Image.folder().resolve("bin/java").toString()));
    var launcher = new Launcher(Files.createTempDirectory(folder, "launcher").resolve("image"));
    command.addAll(launcher.arguments(environment, "external-auth", "access-token", "github"));
    int options = command.indexOf("-Xlog:disable") + 1;
    command.add(options, "-Xlog:" + what + ":file=" + log);
    command.add(options, "-XX:ActiveProcessorCount=" + processors);
    var run = Image.run(command, environment);
    assertThat(run.out()).as(run.err()).isEqualTo("gho_bananas");
    return Files.readAllLines(log);
  }

  /** Also on one processor, where the order of the main thread and the warm-up thread varies. */
  private void classes(FakeCoder coder, int limit) throws Exception {
    Predicate<String> isOutside = line -> !line.contains("source: shared objects file");
    for (String processors : List.of("1", "2")) {
      var loaded = log("class+load", environment(coder), processors).stream().filter(isOutside);
      assertThat(loaded.toList()).as("with %s processors", processors).hasSizeBetween(1, limit);
    }
  }

  @Test
  void fewClassesComeFromOutsideTheCache() throws Exception {
    classes(plain, CLASSES_HTTP);
    classes(encrypted, CLASSES_HTTPS);
  }

  /** Counts threads without the JIT compiler's, whose number the JVM chooses by load. */
  private void threads(FakeCoder coder, int limit) throws Exception {
    var started =
        log("os+thread", environment(coder), "2").stream()
            .filter(line -> line.contains(" started (") && !line.contains("Compiler"))
            .toList();
    assertThat(started).hasSizeBetween(1, limit);
  }

  @Test
  void fewThreadsAreStarted() throws Exception {
    threads(plain, THREADS_HTTP);
    threads(encrypted, THREADS_HTTPS);
  }

  private void files(FakeCoder coder, int limit) throws Exception {
    var trace = folder.resolve("trace");
    var command =
        List.of(
            "strace",
            "-f",
            "-e",
            "trace=openat",
            "-o",
            trace.toString(),
            Image.program().toString(),
            "external-auth",
            "access-token",
            "github");
    var environment = Image.with(environment(coder), "PATH", "/usr/bin:/bin");
    var run = Image.run(command, environment);
    assumeTrue(!run.err().contains("strace"), "strace may not trace here");
    assertThat(run.out()).isEqualTo("gho_bananas");
    var opened = new TreeSet<String>();
    for (String line : Files.readAllLines(trace)) {
      boolean isFile = line.contains("\", ") && !line.contains("/proc/") && !line.contains("/sys/");
      if (isFile && !line.contains("ENOENT")) opened.add(line.replaceAll(".*?\"(.*?)\".*", "$1"));
    }
    assertThat(opened.stream().filter(file -> file.endsWith(".aot")))
        .as("the cache without TLS, or the full one")
        .singleElement()
        .satisfies(
            file -> assertThat(file).endsWith(coder == plain ? "/coder-http.aot" : "/coder.aot"));
    assertThat(opened).hasSizeBetween(1, limit);
  }

  @Test
  void fewFilesAreOpened() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/strace")), "strace is not installed");
    files(plain, FILES_HTTP);
    files(encrypted, FILES_HTTPS);
  }

  private void roundTrips(FakeCoder coder, int expected) throws Exception {
    try (var link = new SlowLink(coder.url().getPort())) {
      var run =
          Image.run(environment(coder, link.port()), "external-auth", "access-token", "github");
      assertThat(run.out()).as(run.err()).isEqualTo("gho_bananas");
      assertThat(link.roundTrips()).isEqualTo(expected);
    }
  }

  @Test
  void aCallOverASlowLinkTakesNoMoreRoundTripsThanItMust() throws Exception {
    roundTrips(plain, 2); // TCP, request
    roundTrips(encrypted, 3); // TCP, TLS 1.3, request
  }

  @Test
  void anUnusedJarChangesNothing() throws Exception {
    var before = log("class+load", environment(encrypted), "2").size();
    var providers = Files.createDirectories(folder.resolve("providers"));
    new ProviderJar(Files.createTempDirectory(folder, "build"))
        .automatic(providers.resolve("unused.jar"));
    var environment =
        Image.with(environment(encrypted), "CODER_AUTH_PROVIDER_PATH", providers.toString());
    assertThat(log("class+load", environment, "2").size()).isBetween(before - 20, before + 20);
  }
}
