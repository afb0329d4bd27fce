package dev.sessiontoken.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sessiontoken.testkit.FakeCoder;
import dev.sessiontoken.testkit.Fault;
import dev.sessiontoken.testkit.ProviderJar;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Ways to call the image: through links, as the user {@code nobody}, with a broken cache, with
 * signals.
 */
class LauncherIT {
  private static final String EXITING_MODULE =
      """
      module exiting {
        requires dev.sessiontoken.spi;
        provides dev.sessiontoken.spi.SessionTokenProvider with exiting.Exiting;
      }
      """;

  /** A provider that ends the process with status 0 instead of obtaining a token. */
  private static final String EXITING =
      """
      package exiting;
      public class Exiting implements dev.sessiontoken.spi.SessionTokenProvider {
        public String name() { return "exiting"; }
        public dev.sessiontoken.spi.SessionToken obtain(dev.sessiontoken.spi.ProviderContext c) {
          System.out.println("a stray line");
          System.exit(0);
          return null;
        }
      }
      """;

  private static final Image.Result TOKEN = new Image.Result(0, "gho_bananas", "");

  private static final List<String> AS_NOBODY =
      List.of("/usr/bin/setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");

  private final FakeCoder coder = FakeCoder.start();

  @AfterEach
  void stop() {
    coder.close();
  }

  private Map<String, String> environment() {
    return Map.of(
        "CODER_AGENT_URL", coder.url().toString(), "CODER_AGENT_TOKEN", coder.agentToken());
  }

  private List<String> mainJob(Path program) {
    return List.of(program.toString(), "external-auth", "access-token", "github");
  }

  private Image.Result shell(String script, Path folder) throws Exception {
    return Image.run(
        List.of("/bin/sh", "-c", script, "sh", Image.program().toString(), folder.toString()),
        Image.with(environment(), "PATH", "/usr/bin:/bin"));
  }

  @Test
  void worksThroughLinksFromAnyFolder(@TempDir Path folder) throws Exception {
    var absolute = Files.createSymbolicLink(folder.resolve("absolute"), Image.program());
    var relative = Files.createSymbolicLink(folder.resolve("relative"), Path.of("absolute"));
    assertThat(Image.run(mainJob(absolute), environment())).isEqualTo(TOKEN);
    assertThat(Image.run(mainJob(relative), Image.with(environment(), "PATH", "/usr/bin:/bin")))
        .isEqualTo(TOKEN);
    assertThat(shell("cd \"$2\" && ./relative external-auth access-token github", folder))
        .isEqualTo(TOKEN);
    assertThat(shell("PATH=$2:$PATH; cd / && relative external-auth access-token github", folder))
        .isEqualTo(TOKEN);
  }

  @Test
  void worksUnpackedFromItsArchiveInAPathWithSpaces(@TempDir Path folder) throws Exception {
    var there = unpack(folder, "a folder with spaces");
    assertThat(Image.run(mainJob(there.resolve("bin/coder")), environment())).isEqualTo(TOKEN);
  }

  @Test
  void worksReadOnlyForAnUnprivilegedUserWithoutAHome(@TempDir Path folder) throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/setpriv")), "setpriv is not here");
    assumeTrue(
        "root".equals(System.getProperty("user.name")), "only root can change to the user nobody");
    var there = unpack(folder, "image");
    Programs.run("chmod", "-R", "a-w", there.toString());
    Programs.run("chmod", "a+rx", folder.toString());
    var command =
        Stream.concat(AS_NOBODY.stream(), mainJob(there.resolve("bin/coder")).stream()).toList();
    assertThat(Image.run(command, environment())).isEqualTo(TOKEN);
    Programs.run("chmod", "-R", "u+w", there.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "JAVA_TOOL_OPTIONS",
        "JDK_JAVA_OPTIONS",
        "_JAVA_OPTIONS",
        "JDK_AOT_VM_OPTIONS",
        "CLASSPATH",
        "LC_ALL",
        "_JAVA_LAUNCHER_DEBUG",
        "_JAVA_SPLASH_FILE",
        "_JAVA_SPLASH_JAR",
        "_JAVA_VERSION_SET",
        "_JAVA_SR_SIGNUM",
        "_JVM_DWARF_PATH"
      })
  void ignoresOptionsMeantForOtherJvms(String variable) throws Exception {
    var environment = Image.with(environment(), variable, "-Xnonsense");
    assertThat(Image.run(mainJob(Image.program()), environment)).isEqualTo(TOKEN);
  }

  /** Reads the names from the image's binaries: a variable that a new JDK adds fails the test. */
  @Test
  void unsetsEveryVariableThatTheJdkReads() throws Exception {
    var launcher = Files.readString(Image.program());
    var names = new TreeSet<String>();
    for (String binary : List.of("bin/java", "lib/libjli.so", "lib/server/libjvm.so")) {
      var bytes = Files.readAllBytes(Image.folder().resolve(binary));
      var text = new String(bytes, StandardCharsets.ISO_8859_1);
      Pattern.compile("\0((?:_JAVA|_ALT_JAVA|_JVM|JDK|JAVA)_[A-Z_]{4,})(?=\0)")
          .matcher(text)
          .results()
          .forEach(found -> names.add(found.group(1)));
    }
    names.removeAll(
        List.of("JAVA_HOME", "JAVA_OPTS")); // only in messages of the JVM, which does not read them
    assertThat(names).contains("JDK_JAVA_OPTIONS", "_JAVA_LAUNCHER_DEBUG", "JAVA_TOOL_OPTIONS");
    assertThat(names)
        .allSatisfy(
            name -> assertThat(launcher).containsPattern("unset [A-Z_ ]*\\b" + name + "\\b"));
  }

  @Test
  void worksInAFolderThatWasDeleted(@TempDir Path folder) throws Exception {
    var script = "mkdir \"$2/gone\" && cd \"$2/gone\" && rmdir \"$2/gone\" && exec \"$1\" version";
    var run = shell(script, folder);
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out()).startsWith("sessiontoken ");
    assertThat(run.err()).doesNotContain("Exception", "Error");
  }

  @Test
  void staysInItsFolderBelowOneThatTheUserMayNotSearch(@TempDir Path folder) throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/setpriv")), "setpriv is not here");
    assumeTrue(
        "root".equals(System.getProperty("user.name")), "only root can change to the user nobody");
    var script =
        "mkdir -p \"$2/a/b\" && printf %s \"$CODER_AGENT_TOKEN\" >\"$2/a/b/token\" && chmod 711"
            + " \"$2\" && chmod 644 \"$2/a/b/token\" && cd \"$2/a/b\" && chmod 700 \"$2/a\" && exec"
            + " "
            + String.join(" ", AS_NOBODY)
            + " \"$1\" --auth token-file --agent-token-file token external-auth access-token"
            + " github";
    assertThat(shell(script, folder)).isEqualTo(TOKEN);
  }

  @Test
  void needsNoProgramOfThePath(@TempDir Path folder) throws Exception {
    var link = Files.createSymbolicLink(folder.resolve("coder"), Image.program());
    var environment = Image.with(environment(), "PATH", "/nonexistent");
    assertThat(Image.run(mainJob(link), environment)).isEqualTo(TOKEN);
  }

  @Test
  void refusesAnImageWhosePathTheJvmCannotTake(@TempDir Path folder) throws Exception {
    var there = unpack(folder, "a:b");
    var run = Image.run(mainJob(there.resolve("bin/coder")), environment());
    assertThat(run.status()).isEqualTo(3);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("no path with a colon").hasLineCount(1);
  }

  @Test
  void leavesNoCoreFile(@TempDir Path folder) throws Exception {
    var script =
        "cd \"$2\" && ulimit -S -c unlimited && \"$1\" --timeout 20s external-auth access-token"
            + " github & for i in 1 2 3 4 5 6 7 8 9; do sleep 0.2; kill -ABRT $! 2>/dev/null; done;"
            + " wait $!";
    coder.faultAlways(new Fault.Silence());
    assertThat(shell(script, folder).out()).isEmpty();
    try (var left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void choosesTheCacheByTheSchemeOfTheUrlAlone(@TempDir Path folder) throws Exception {
    var launcher = new Launcher(folder.resolve("image"));
    String cache = "-XX:AOTCache=" + launcher.image() + "/bin/../lib/";
    String[] job = {"external-auth", "access-token", "slack", "--extra", "a.b"};
    var http = Map.of("CODER_AGENT_URL", "http://coder.internal");
    assertThat(launcher.arguments(http, job)).contains(cache + "coder-http.aot").endsWith(job);
    var https = Map.of("CODER_AGENT_URL", "https://coder.internal");
    for (var environment : List.of(https, Map.<String, String>of())) {
      assertThat(launcher.arguments(environment, job)).contains(cache + "coder.aot").endsWith(job);
    }
  }

  /** The launcher takes {@code coder-http.aot} for {@code http://} only, else {@code coder.aot}. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "rm $cache",
        ": > $cache",
        "echo garbage > $cache",
        "head -c 1000000 $cache > x && mv x $cache",
        "printf x | dd of=$cache bs=1 seek=20 conv=notrunc 2>/dev/null",
        "chmod a-r $cache"
      })
  void worksWithABrokenCache(String damage, @TempDir Path folder) throws Exception {
    var there = unpack(folder, "image");
    for (String cache : List.of("lib/coder-http.aot", "lib/coder.aot")) {
      Programs.run("sh", "-c", "cd " + there + " && cache=" + cache + " && " + damage);
    }
    var program = there.resolve("bin/coder");
    assertThat(Image.run(mainJob(program), environment())).isEqualTo(TOKEN);
    var loud = coder.url().toString().replace("http:", "HTTP:");
    var other = Image.with(environment(), "CODER_AGENT_URL", loud);
    assertThat(Image.run(mainJob(program), other)).isEqualTo(TOKEN);
  }

  @Test
  void printsNoStackTraceWhenThreadsAreLimited() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/setpriv")), "setpriv is not here");
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/prlimit")), "prlimit is not here");
    assumeTrue(
        "root".equals(System.getProperty("user.name")), "only root can change to the user nobody");
    for (int threads = 8; threads <= 14; threads++) {
      var command = new ArrayList<>(AS_NOBODY);
      command.addAll(List.of("/usr/bin/prlimit", "--nproc=" + threads));
      command.addAll(mainJob(Image.program()));
      var result = Image.run(command, environment());
      assertThat(result.out()).isEqualTo(result.status() == 0 ? "gho_bananas" : "");
      assertThat(result.err()).as(threads + " threads").doesNotContain("Exception in thread");
    }
  }

  /** The limit is in KiB; the JVM alone takes two thirds of it. */
  @Test
  void startsWithLimitedAddressSpace() throws Exception {
    var command = String.join(" ", mainJob(Image.program()));
    var limited = List.of("/bin/sh", "-c", "ulimit -v 600000; exec " + command);
    assertThat(Image.run(limited, environment())).isEqualTo(TOKEN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"INT 130", "TERM 143", "HUP 129"})
  void endsBySignalsWithTheirCodes(String signalAndStatus) throws Exception {
    coder.fault(new Fault.Silence());
    var running = Image.start(mainJob(Image.program()), environment());
    coder.awaitRequests(1);
    String signal = signalAndStatus.substring(0, signalAndStatus.indexOf(' '));
    Programs.run("kill", "-s", signal, String.valueOf(running.process().pid()));
    int status = Integer.parseInt(signalAndStatus.substring(signal.length() + 1));
    assertThat(running.result()).isEqualTo(new Image.Result(status, "", ""));
  }

  @Test
  void dumpsNoThreadsOnStandardOutput() throws Exception {
    coder.fault(new Fault.Held());
    var running = Image.start(mainJob(Image.program()), environment());
    coder.awaitRequests(1);
    Programs.run("kill", "-s", "QUIT", String.valueOf(running.process().pid()));
    coder.resume();
    assertThat(running.result().out()).isEqualTo("gho_bananas");
  }

  @Test
  void reportsInOneLineThatItsOutputCannotBeWritten() throws Exception {
    for (String target : List.of("> /dev/full", ">&-")) {
      var result = shell("exec \"$1\" external-auth access-token github " + target, Path.of("/"));
      assertThat(result.status()).as(target).isEqualTo(6);
      assertThat(result.err()).startsWith("coder: write the answer").hasLineCount(1);
    }
  }

  @Test
  void endsWith70WhenAProviderExits(@TempDir Path folder) throws Exception {
    var jar =
        new ProviderJar(folder)
            .source("exiting/Exiting.java", EXITING)
            .module(folder.resolve("exiting.jar"), EXITING_MODULE);
    var command =
        List.of(
            Image.folder().resolve("bin/java").toString(),
            "--module-path",
            jar.toString(),
            "--add-modules",
            "exiting",
            "-m",
            "dev.sessiontoken.cli/dev.sessiontoken.cli.Main",
            "external-auth",
            "access-token",
            "github",
            "--auth",
            "exiting");
    var result = Image.run(command, environment());
    assertThat(result.status()).isEqualTo(70);
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .matches(
            "a stray line\ncoder: the program was ended from within, before the command had"
                + " finished, by exiting.Exiting, internal error [0-9a-f]{8}\n");
  }

  private static Path unpack(Path folder, String name) throws Exception {
    var there = Files.createDirectory(folder.resolve(name));
    try (var files = Files.list(Image.folder().getParent().getParent())) {
      var archive = files.filter(each -> each.toString().endsWith(".tar.gz")).findFirst();
      Programs.run(
          "tar",
          "--extract",
          "--strip-components=1",
          "--file=" + archive.orElseThrow(),
          "--directory=" + there);
    }
    return there;
  }
}
