package dev.sessiontoken.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sessiontoken.runtime.Image.Result;
import dev.sessiontoken.testkit.FakeCoder;
import dev.sessiontoken.testkit.ProviderJar;
import jakarta.json.Json;
import java.io.StringReader;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Jars of dropped-in providers: working ones, broken ones and hostile ones. */
@Timeout(120)
class DroppedInIT {
  private static final String OPTIONS =
      """
      @Override public List<ProviderOption> options() {
        return List.of(ProviderOption.secret("t", "STRANGE_TOKEN", "the token").asRequired());
      }
      """;

  private final FakeCoder coder = FakeCoder.start();

  @TempDir Path work;
  Path providers = Path.of("");
  Path jar = Path.of("");

  @BeforeEach
  void makeFolder() throws Exception {
    providers = folder("providers");
    jar = providers.resolve("strange.jar");
  }

  @AfterEach
  void close() {
    coder.close();
  }

  private Path folder(String name) throws Exception {
    var folder = Files.createDirectories(work.resolve(name));
    return Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private ProviderJar strange() throws Exception {
    return new ProviderJar(Files.createTempDirectory(work, "build")).members(OPTIONS);
  }

  private Map<String, String> environment() {
    return Map.of(
        "CODER_AGENT_URL", coder.url().toString(),
        "CODER_AGENT_TOKEN", coder.agentToken(),
        "CODER_AUTH_PROVIDER_PATH", providers.toString());
  }

  private Result run(String... args) throws Exception {
    return Image.run(environment(), args);
  }

  /** Runs a call that chooses the provider of the jar, "strange". */
  private Result chosen(String... more) throws Exception {
    var args =
        Stream.concat(
            Stream.of("external-auth", "access-token", "github", "--auth", "strange"),
            Stream.of(more));
    var environment = new HashMap<>(environment());
    environment.put("STRANGE_TOKEN", coder.agentToken());
    return Image.run(environment, args.toArray(String[]::new));
  }

  /** Calls that choose another provider: the jar of "strange" must not change their outcome. */
  private void othersWork() throws Exception {
    assertThat(run("external-auth", "access-token", "github"))
        .isEqualTo(new Result(0, "gho_bananas", ""));
    var sound = strange().name("return \"sound\";").automatic(providers.resolve("zz-sound.jar"));
    var environment = new HashMap<>(environment());
    environment.put("STRANGE_TOKEN", coder.agentToken());
    assertThat(Image.run(environment, "external-auth", "access-token", "github", "--auth", "sound"))
        .isEqualTo(new Result(0, "gho_bananas", ""));
    Files.delete(sound);
  }

  @Test
  void anAutomaticModuleWorks() throws Exception {
    strange().automatic(jar);
    assertThat(chosen()).isEqualTo(new Result(0, "gho_bananas", ""));
  }

  @Test
  void aNamedModuleWorksAndItsVersionIsListed() throws Exception {
    strange()
        .options("--module-version", "1.2.3")
        .module(
            jar,
            """
            module strange {
              requires dev.sessiontoken.spi;
              requires dev.sessiontoken.http;
              requires jakarta.json;
              provides dev.sessiontoken.spi.SessionTokenProvider with strange.Strange;
            }
            """);
    assertThat(chosen()).isEqualTo(new Result(0, "gho_bananas", ""));
    assertThat(run("auth", "providers").out())
        .contains(
            "strange  (dropped in: " + jar + ", version 1.2.3)\n    t  $STRANGE_TOKEN  the token");
  }

  @Test
  void aFolderOfJarsIsOneInstallation() throws Exception {
    strange().automatic(folder("providers/strange").resolve("any.jar"));
    assertThat(chosen()).isEqualTo(new Result(0, "gho_bananas", ""));
  }

  @Test
  void twoFoldersAreSearched() throws Exception {
    strange().automatic(folder("more").resolve("any.jar"));
    var path = providers + ":" + work.resolve("more") + ":" + work.resolve("nowhere");
    var environment = new HashMap<>(environment());
    environment.put("CODER_AUTH_PROVIDER_PATH", path);
    environment.put("STRANGE_TOKEN", coder.agentToken());
    assertThat(
            Image.run(environment, "external-auth", "access-token", "github", "--auth", "strange"))
        .isEqualTo(new Result(0, "gho_bananas", ""));
  }

  @Test
  void optionsComeByFlagAndMissingOnesAreReported() throws Exception {
    strange().automatic(jar);
    var call = new String[] {"external-auth", "access-token", "github", "--auth", "strange"};
    var missing = run(call);
    assertThat(missing.status()).isEqualTo(3);
    assertThat(missing.err()).contains(jar + ": it lacks t (STRANGE_TOKEN)");
    var unknown = chosen("--auth-option", "x=y");
    assertThat(unknown.status()).isEqualTo(2);
    assertThat(unknown.err()).contains("takes no option x; it takes t");
    assertThat(chosen("--auth-option", "t=" + coder.agentToken()).out()).isEqualTo("gho_bananas");
  }

  @Test
  void aSecretOptionIsNeverShown() throws Exception {
    strange()
        .obtain(
            """
            context.step("with " + context.option("t").get());
            throw new SessionTokenException.Rejected("ask", "no: " + context.option("t").get(), "hm", null);
            """)
        .automatic(jar);
    var refused = chosen("-v");
    assertThat(refused.status()).isEqualTo(4);
    assertThat(refused.err()).contains("ask: no: [secret]").doesNotContain(coder.agentToken());
  }

  @Test
  void theListShowsBrokenJarsBesideTheOthers() throws Exception {
    Files.writeString(jar, "garbage");
    strange().name("return \"other\";").automatic(providers.resolve("other.jar"));
    var list = run("auth", "providers");
    assertThat(list.status()).isZero();
    assertThat(list.out())
        .contains("token  (linked in: ", "other  (dropped in: ")
        .contains(jar + "  (dropped in, broken: strange.jar is no jar, or is damaged)\n");
    var json = run("auth", "providers", "--output", "json").out();
    try (var reader = Json.createReader(new StringReader(json))) {
      assertThat(reader.readArray().getValuesAs(each -> each.asJsonObject().getString("state")))
          .contains("usable", "broken");
    }
  }

  static Stream<Arguments> mistakes() {
    return Stream.of(
        mistake("name() is null", "", "return null;", "", 3, "has no name of lower case"),
        mistake("name() throws", "", "throw new Error();", "", 3, "java.lang.Error"),
        mistake("name() never returns", "", "while (true) {}", "", 3, "does not say its name"),
        mistake(
            "the constructor throws",
            "public Strange() { throw new IllegalStateException(\"no\"); }",
            "",
            "",
            3,
            "java.lang.IllegalStateException"),
        mistake(
            "the class throws",
            "static int x = 1 / Integer.parseInt(\"0\");",
            "",
            "",
            3,
            "java.lang.ArithmeticException"),
        mistake(
            "the class ends the program",
            "static { System.exit(0); }",
            "",
            "",
            3,
            "it ends the whole program"),
        mistake(
            "the name of a linked-in provider", "", "return \"token\";", "", 3, "its name, token"),
        mistake(
            "obtain ends the program", "", "", "System.exit(0); return null;", 70, "was in use"),
        mistake("obtain is null", "", "", "return null;", 70, "gives null instead of a token"),
        mistake("obtain throws", "", "", "throw new Error();", 70, "fails with java.lang.Error"),
        mistake(
            "a token of two lines",
            "",
            "",
            "return SessionToken.of(\"a\\nb\");",
            70,
            "fails with java.lang.IllegalArgumentException"),
        mistake("obtain never returns", "", "", "while (true) {}", 6, "time limit reached"));
  }

  private static Arguments mistake(
      String what, String members, String name, String obtain, int status, String message) {
    return Arguments.of(what, List.of(members, name, obtain), status, message);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("mistakes")
  void aBadProviderDoesNotAffectCallsWithOthers(
      String what, List<String> code, int status, String message) throws Exception {
    var bad = strange();
    if (!code.get(0).isEmpty()) bad.members(OPTIONS + code.get(0));
    if (!code.get(1).isEmpty()) bad.name(code.get(1));
    if (!code.get(2).isEmpty()) bad.obtain(code.get(2));
    bad.automatic(jar);
    var run = chosen("--timeout", "8s");
    assertThat(run.err()).contains(message, jar.toString());
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.status()).isEqualTo(status);
    assertThat(run("auth", "providers").status()).isZero();
    othersWork();
  }

  private static final String RAW =
      "try { new java.io.FileOutputStream(java.io.FileDescriptor.out)";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "System.out.println(\"stray\");",
        "System.setOut(new java.io.PrintStream(java.io.OutputStream.nullOutputStream()));",
        "new Thread(() -> { while (true) {} }).start();",
        "try { System.in.readAllBytes(); } catch (java.io.IOException e) { throw new Error(e); }",
        RAW + ".write('x'); } catch (java.io.IOException e) { }",
        RAW + ".close(); } catch (java.io.IOException e) { throw new Error(e); }",
        "try (var f = new java.io.FileOutputStream(\"/proc/self/fd/1\")) { f.write('x'); }"
            + " catch (java.io.IOException e) { throw new Error(e); }"
      })
  void sideEffectsOfAProviderDoNotReachTheAnswer(String code) throws Exception {
    strange().obtain(code + "return SessionToken.of(context.option(\"t\").get());").automatic(jar);
    var run = chosen();
    assertThat(run.out()).isEqualTo("gho_bananas");
    assertThat(run.status()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {">>\"$2\"", ">\"$2\"", "| cat >>\"$2\""})
  void theAnswerIsAppendedAtThePositionOfStandardOutput(String redirection) throws Exception {
    strange().obtain("return SessionToken.of(context.option(\"t\").get());").automatic(jar);
    var file = Files.writeString(work.resolve("out"), "");
    var script =
        "{ printf 'a\n'; \"$1\" external-auth access-token github --output json --auth strange"
            + " --auth-option \"t=$CODER_AGENT_TOKEN\"; printf b; } "
            + redirection;
    Image.run(
        List.of("sh", "-c", script, "sh", Image.program().toString(), file.toString()),
        environment());
    assertThat(Files.readString(file))
        .startsWith("a\n{\"access_token\":\"gho_bananas\"")
        .endsWith("}\nb");
  }

  @Test
  void anAnswerThatCannotBeWrittenIsAnError() throws Exception {
    strange().obtain("return SessionToken.of(context.option(\"t\").get());").automatic(jar);
    var script =
        "\"$1\" external-auth access-token github --auth strange"
            + " --auth-option \"t=$CODER_AGENT_TOKEN\" >/dev/full";
    var run =
        Image.run(List.of("sh", "-c", script, "sh", Image.program().toString()), environment());
    assertThat(run.status()).isEqualTo(6);
    assertThat(run.err()).contains("standard output").hasLineCount(1);
  }

  @Test
  void standardInputIsLeftToTheCaller() throws Exception {
    strange()
        .obtain(
            """
            try { System.in.readAllBytes(); } catch (java.io.IOException e) { throw new Error(e); }
            return SessionToken.of(context.option("t").get());
            """)
        .automatic(jar);
    var script =
        "printf 'a\\nb\\n' | { \"$1\" external-auth access-token github --auth strange"
            + " --auth-option \"t=$CODER_AGENT_TOKEN\"; cat; }";
    var run =
        Image.run(List.of("sh", "-c", script, "sh", Image.program().toString()), environment());
    assertThat(run).isEqualTo(new Result(0, "gho_bananasa\nb\n", ""));
  }

  private void unusable(String message) throws Exception {
    var run = chosen();
    assertThat(run.err()).contains(message).hasLineCount(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.status()).isEqualTo(3);
    assertThat(run("auth", "providers").out()).contains("broken: ");
    assertThat(run("external-auth", "access-token", "github"))
        .isEqualTo(new Result(0, "gho_bananas", ""));
  }

  @Test
  void aFolderThatOthersMayWriteToIsRefused() throws Exception {
    strange().automatic(jar);
    Files.setPosixFilePermissions(providers, PosixFilePermissions.fromString("rwxrwxr-x"));
    unusable("providers may be written to by others: chmod go-w providers");
  }

  @Test
  void aJarThatOthersMayWriteToIsRefused() throws Exception {
    Files.setPosixFilePermissions(
        strange().automatic(jar), PosixFilePermissions.fromString("rw-r--rw-"));
    unusable("strange.jar may be written to by others");
  }

  @Test
  void aLinkOutOfTheFolderIsRefused() throws Exception {
    Files.createSymbolicLink(jar, strange().automatic(work.resolve("elsewhere.jar")));
    unusable("strange.jar is a link out of the folder");
  }

  @Test
  void aFolderInsteadOfAJarIsRefused() throws Exception {
    Files.createDirectory(jar);
    unusable("it is a folder, not a jar");
  }

  @Test
  void garbageIsRefused() throws Exception {
    Files.write(jar, new byte[5000]);
    unusable("strange.jar is no jar, or is damaged");
  }

  @Test
  void aJarWithoutAProviderIsRefused() throws Exception {
    try (var out = new JarOutputStream(Files.newOutputStream(jar))) {
      out.putNextEntry(new JarEntry("readme.txt"));
    }
    unusable("it holds no provider");
  }

  @Test
  void aZipBombIsRefused() throws Exception {
    try (var out = new JarOutputStream(Files.newOutputStream(jar))) {
      out.putNextEntry(new JarEntry("META-INF/services/dev.sessiontoken.spi.SessionTokenProvider"));
      for (int i = 0; i < 300; i++) out.write(new byte[1 << 20]);
    }
    unusable("strange.jar holds more than any provider needs");
  }

  @Test
  void aJarForANewerJavaIsRefused() throws Exception {
    strange().automatic(jar);
    raiseVersion();
    unusable("it is compiled for a newer Java than 25");
  }

  /** Raises the class-file version, bytes 7 and 8 of the file (JVMS, section 4.1). */
  private void raiseVersion() throws Exception {
    try (var zip = FileSystems.newFileSystem(jar)) {
      var type = zip.getPath("/strange/Strange.class");
      byte[] bytes = Files.readAllBytes(type);
      bytes[7]++;
      Files.write(type, bytes);
    }
  }

  @Test
  void aMissingModuleIsNamedWhenItsClassIsUsed() throws Exception {
    strange()
        .members(
            OPTIONS + "public static java.beans.Beans bean() { return new java.beans.Beans(); }")
        .obtain(
            "if (bean() == null) return null;"
                + "return SessionToken.of(context.option(\"t\").get());")
        .module(
            jar,
            """
            module strange {
              requires dev.sessiontoken.spi;
              requires java.desktop;
              provides dev.sessiontoken.spi.SessionTokenProvider with strange.Strange;
            }
            """);
    var run = chosen();
    assertThat(run.status()).isEqualTo(70);
    assertThat(run.err())
        .contains("java.beans.Beans is in the JDK's module java.desktop, which the image does not")
        .containsPattern("internal error [0-9a-f]{8};")
        .hasLineCount(1);
    assertThat(chosen("-v").err()).contains("coder: java.lang.NoClassDefFoundError: java/beans/");
    var list = run("auth", "providers", "-v");
    assertThat(list.out()).contains("strange  (dropped in: " + jar);
    assertThat(list.err())
        .contains(jar + " is loaded as a class path: missing module java.desktop\n");
  }

  @Test
  void aMissingModuleIsNamedWhenTheProviderIsLoaded() throws Exception {
    strange().members(OPTIONS + "static Object bean = new java.beans.Beans();").automatic(jar);
    unusable("java.beans.Beans is in the JDK's module java.desktop, which the image does not hold");
  }

  @Test
  void modulesOfTheJdkThatNoModuleOfOursRequiresAreThere() throws Exception {
    strange()
        .options("--add-modules", "java.sql,java.naming,java.management,jdk.unsupported")
        .module(
            jar,
            """
            module strange {
              requires dev.sessiontoken.spi;
              requires java.sql;
              requires java.naming;
              requires java.management;
              requires jdk.unsupported;
              provides dev.sessiontoken.spi.SessionTokenProvider with strange.Strange;
            }
            """);
    assertThat(chosen()).isEqualTo(new Result(0, "gho_bananas", ""));
    assertThat(run("auth", "providers", "-v").err()).contains(jar + " is loaded as modules\n");
  }

  @Test
  void logsAndWarningsOfLibrariesAreShownUnderVerboseOnly() throws Exception {
    strange()
        .obtain(
            """
            java.util.logging.Logger.getLogger("library").severe("a log line");
            System.err.println("another");
            try { System.load("/nowhere/lib.so"); } catch (UnsatisfiedLinkError e) { }
            return SessionToken.of(context.option("t").get());
            """)
        .automatic(jar);
    assertThat(chosen()).isEqualTo(new Result(0, "gho_bananas", ""));
    assertThat(chosen("-v").err()).contains("a log line", "another").doesNotContain("restricted");
  }

  @Test
  void aSplitPackageIsRefused() throws Exception {
    var folder = folder("providers/strange");
    strange().automatic(folder.resolve("one.jar"));
    strange().automatic(folder.resolve("two.jar"));
    unusable("package strange");
  }

  @Test
  void twoOfOneNameAreRefusedAndBothNamed() throws Exception {
    strange().automatic(jar);
    strange().automatic(providers.resolve("zwei.jar"));
    var run = chosen();
    assertThat(run.status()).isEqualTo(3);
    assertThat(run.err()).contains("its name, strange, is also that", jar.toString(), "zwei.jar");
  }

  @Test
  void twoThatEndTheProgramAreBothSkipped() throws Exception {
    strange().members("static { System.exit(0); }").automatic(jar);
    strange().members("static { System.exit(1); }").automatic(providers.resolve("zwei.jar"));
    othersWork();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Runtime.getRuntime().halt(0);",
        "System.exit(0);",
        "new java.io.FileOutputStream(java.io.FileDescriptor.out).write(\"injected\".getBytes());",
        "new java.io.FileOutputStream(java.io.FileDescriptor.out).close();",
        "new java.io.FileOutputStream(\"/proc/self/fd/1\").write(\"injected\".getBytes());",
        "new java.io.FileOutputStream(\"/dev/fd/3\").write(\"token=strange.Strange\\n\".getBytes());",
        "new java.io.FileInputStream(java.io.FileDescriptor.in).readAllBytes();",
        "System.err.println(\"stray\");",
        "Runtime.getRuntime().addShutdownHook(new Thread(() -> { while (true) {} }));"
            + " System.exit(0);"
      })
  void codeThatRunsWhenAJarIsLoadedDoesNotAffectOthers(String code) throws Exception {
    strange().members(initializer(code)).automatic(jar);
    othersWork();
    assertThat(run("auth", "providers").out()).contains("token  (linked in: ", jar.toString());
  }

  /** Returns a static initialiser with this code, which may throw checked exceptions. */
  private static String initializer(String code) {
    return OPTIONS
        + "static { try { if (true) { "
        + code
        + " } } catch (Exception e) { throw new Error(e); } }";
  }

  /** Returns a jar whose class adds a line to a file when it is initialised, then runs the code. */
  private ProviderJar marking(Path file, String code) throws Exception {
    String write =
        "java.nio.file.Files.writeString(java.nio.file.Path.of(\""
            + file
            + "\"), \"loaded\\n\", java.nio.file.StandardOpenOption.CREATE,"
            + " java.nio.file.StandardOpenOption.APPEND);";
    return strange().members(initializer(write + code));
  }

  private static long marks(Path file) throws Exception {
    return Files.exists(file) ? Files.readAllLines(file).size() : 0;
  }

  private static void index(Path jar, String text) throws Exception {
    try (var zip = FileSystems.newFileSystem(jar)) {
      var index = zip.getPath("/META-INF/sessiontoken/providers");
      Files.createDirectories(index.getParent());
      Files.writeString(index, text);
    }
    Files.setPosixFilePermissions(jar, PosixFilePermissions.fromString("rw-r--r--"));
  }

  @Test
  void aJarWithAnIndexRunsOnlyWhenItIsChosen() throws Exception {
    var marks = work.resolve("marks");
    index(
        marking(marks, "").automatic(jar), "strange=strange.Strange\n\tt\tT\tsecret\t\ta token\n");
    othersWork();
    assertThat(run("auth", "providers").out())
        .contains("strange  (dropped in: " + jar + ")\n    t  $T  a token (secret)\n");
    assertThat(marks(marks)).isZero();
    assertThat(chosen()).isEqualTo(new Result(0, "gho_bananas", ""));
    assertThat(marks(marks)).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"strange=strange.Other", "strange=java.lang.String", "strange", "\u0000\u001b[2J"})
  void aWrongIndexIsReported(String text) throws Exception {
    index(strange().automatic(jar), text);
    var run = chosen();
    assertThat(run.status()).isEqualTo(3);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains(jar + ": ").doesNotContain("\u001b").hasLineCount(1);
    othersWork();
  }

  @Test
  void anIndexWithAWrongNameIsReported() throws Exception {
    index(strange().name("return \"other\";").automatic(jar), "strange=strange.Strange");
    unusableWhenChosen("strange.Strange is listed as strange, but its name is other");
  }

  private void unusableWhenChosen(String message) throws Exception {
    var run = chosen();
    assertThat(run.err()).contains(message).hasLineCount(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.status()).isEqualTo(3);
  }

  /** Runs a call that chooses a working jar beside those of the folder, with a cache folder. */
  private Result sound(Path cache) throws Exception {
    var sound = providers.resolve("zz-sound.jar");
    if (!Files.exists(sound)) strange().name("return \"sound\";").automatic(sound);
    var environment = new HashMap<>(environment());
    environment.put("STRANGE_TOKEN", coder.agentToken());
    environment.put("XDG_CACHE_HOME", cache.toString());
    return Image.run(environment, "external-auth", "access-token", "github", "--auth", "sound");
  }

  @Test
  void theAnswerOfAJarIsCached() throws Exception {
    var marks = work.resolve("marks");
    marking(marks, "").automatic(jar);
    for (int i = 0; i < 3; i++) {
      assertThat(sound(work.resolve("cache"))).isEqualTo(new Result(0, "gho_bananas", ""));
    }
    assertThat(marks(marks)).isEqualTo(1);
    var memory = work.resolve("cache/sessiontoken/providers");
    Files.setPosixFilePermissions(memory, PosixFilePermissions.fromString("rwxrwxrwx"));
    assertThat(sound(work.resolve("cache")).status()).isZero();
    assertThat(marks(marks)).as("a folder that others may write to is not used").isEqualTo(2);
  }

  @Test
  void aCacheOfAnotherUserIsNotUsed() throws Exception {
    assumeTrue(Programs.isRoot(), "only root can give a folder away");
    var marks = work.resolve("marks");
    marking(marks, "").automatic(jar);
    var cache = work.resolve("cache");
    assertThat(sound(cache).status()).isZero();
    changeOwner(cache.resolve("sessiontoken/providers"));
    assertThat(sound(cache).status()).isZero();
    assertThat(sound(cache).status()).isZero();
    assertThat(marks(marks)).isEqualTo(3);
  }

  @Test
  void manyJarsThatHangTakeOneTimeLimitTogether() throws Exception {
    var marks = work.resolve("marks");
    for (int i = 0; i < 14; i++) {
      marking(marks, "while (true) {}").automatic(providers.resolve("hanging-" + i + ".jar"));
    }
    long start = System.nanoTime();
    sound(work.resolve("cache"));
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(12));
    assertThat(sound(work.resolve("cache"))).isEqualTo(new Result(0, "gho_bananas", ""));
    long before = marks(marks);
    assertThat(sound(work.resolve("cache"))).isEqualTo(new Result(0, "gho_bananas", ""));
    assertThat(marks(marks)).as("jars loaded again").isEqualTo(before);
  }

  @Test
  void processesStartedByAProbedJarEndWithTheProbe() throws Exception {
    var pid = work.resolve("pid");
    strange()
        .members(
            initializer(
                "var sleep = new ProcessBuilder(\"sleep\", \"600\").start();"
                    + "java.nio.file.Files.writeString(java.nio.file.Path.of(\""
                    + pid
                    + "\"), \"\" + sleep.pid()); while (true) {}"))
        .automatic(jar);
    othersWork();
    var started = ProcessHandle.of(Long.parseLong(Files.readString(pid)));
    started.ifPresent(each -> each.onExit().orTimeout(10, TimeUnit.SECONDS).join());
    assertThat(started.filter(ProcessHandle::isAlive)).isEmpty();
  }

  @Test
  void aJarIsProbedWithoutTheAgentsToken() throws Exception {
    var variables = work.resolve("variables");
    strange()
        .members(
            initializer(
                "java.nio.file.Files.writeString(java.nio.file.Path.of(\""
                    + variables
                    + "\"), System.getenv().toString());"))
        .automatic(jar);
    run("auth", "providers");
    assertThat(variables).content().doesNotContain(coder.agentToken(), "CODER_AGENT_URL");
  }

  private static void changeOwner(Path path) throws Exception {
    Files.setAttribute(path, "unix:uid", 12345);
  }

  @Test
  void aJarOfAnotherUserIsRefused() throws Exception {
    assumeTrue(Programs.isRoot(), "only root can give a jar away");
    changeOwner(strange().automatic(jar));
    unusable("strange.jar belongs to user 12345, not to you or root: chown strange.jar");
  }

  @Test
  void aFolderOfAnotherUserIsRefused() throws Exception {
    assumeTrue(Programs.isRoot(), "only root can give a folder away");
    strange().automatic(jar);
    changeOwner(providers);
    unusable("providers belongs to user 12345, not to you or root: chown providers");
  }

  @Test
  void aFolderBelowThatOfAnotherUserIsRefused() throws Exception {
    assumeTrue(Programs.isRoot(), "only root can give a folder away");
    strange().automatic(jar);
    changeOwner(work);
    unusable(work + " belongs to user 12345, not to you or root: chown " + work);
  }

  @Test
  void aFolderBelowOneThatOthersMayWriteToIsRefused() throws Exception {
    strange().automatic(jar);
    Files.setPosixFilePermissions(work, PosixFilePermissions.fromString("rwxrwxrwx"));
    unusable(work + " may be written to by others: chmod go-w " + work);
  }
}
