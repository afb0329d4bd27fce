package dev.sessiontoken.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sessiontoken.spi.SessionTokenProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders with ordinary libraries. */
class FolderOfJarsTest {
  private static final String SERVICES =
      "META-INF/services/" + SessionTokenProvider.class.getName();

  @TempDir Path work;
  Path folder = Path.of("");

  @BeforeEach
  void makeFolder() throws IOException {
    folder = Files.createDirectory(work.resolve("mine"));
  }

  private static String provider(String token) {
    return """
    package mine;
    import dev.sessiontoken.spi.*;
    public class Mine implements SessionTokenProvider {
      public String name() { return "mine"; }
      public SessionToken obtain(ProviderContext context) throws SessionTokenException { TOKEN }
    }
    """
        .replace("TOKEN", token);
  }

  private SmallLibrary mine(String code, Path... against) throws IOException {
    return SmallLibrary.in(work, against)
        .source("mine/Mine.java", provider(code))
        .entry(SERVICES, "mine.Mine # the only one");
  }

  private static Path library(Path work, Path jar, String value) throws IOException {
    return SmallLibrary.in(work)
        .source("lib/Lib.java", "package lib; public class Lib { " + value + " }")
        .to(jar);
  }

  private static final String LIB = "public static String value() { return \"lib\"; }";

  private String token() throws Exception {
    var found = Installation.load(folder);
    assertThat(found.problem()).isEmpty();
    var description = found.providers().getFirst();
    var provider = JarLayer.load(description, folder, JarFolder.ofThisSystem().jars(folder));
    return provider
        .obtain(
            new PlainContext(dev.sessiontoken.spi.Deadline.in(java.time.Duration.ofSeconds(30))))
        .value();
  }

  private String problem() {
    return Installation.load(folder).problem().orElse("");
  }

  @Test
  void twoJarsMayHaveOnePackageAndTheFirstCounts() throws Exception {
    var lib = library(work, folder.resolve("a.jar"), LIB);
    library(work, folder.resolve("b.jar"), LIB.replace("\"lib\"", "\"other\""));
    mine("return SessionToken.of(lib.Lib.value());", lib).to(folder.resolve("mine.jar"));
    assertThat(token()).isEqualTo("lib");
  }

  @Test
  void aFileNameThatMakesNoModuleNameIsNoProblem() throws Exception {
    var lib = library(work, folder.resolve("lib-1.0-int.jar"), LIB);
    mine("return SessionToken.of(lib.Lib.value());", lib).to(folder.resolve("1-mine.jar"));
    assertThat(token()).isEqualTo("lib");
  }

  @Test
  void aNamedModuleWhoseRequirementsAreThereIsLoadedAsOne() throws Exception {
    named("", "return SessionToken.of(\"t\" + getClass().getModule().getName());");
    // where the tests have no module path, the spi is in no module that the descriptor could
    // require
    boolean isModular = ModuleLayer.boot().findModule("dev.sessiontoken.spi").isPresent();
    assertThat(token()).isEqualTo(isModular ? "tmine" : "tnull");
  }

  @Test
  void aNamedModuleWithAMissingRequirementIsLoadedFromTheClassPath() throws Exception {
    var lib = library(work, work.resolve("absent.jar"), LIB);
    named(
        "requires absent;",
        "return SessionToken.of(\"t\" + getClass().getModule().getName());",
        lib);
    assertThat(token()).isEqualTo("tnull");
    assertThat(Installation.load(folder).way())
        .startsWith("loaded as a class path: missing module")
        .contains("absent");
  }

  private void named(String requires, String code, Path... against) throws IOException {
    var jar = SmallLibrary.in(work, against).source("mine/Mine.java", provider(code));
    jar.source(
            "module-info.java",
            "module mine { requires dev.sessiontoken.spi; "
                + requires
                + " provides dev.sessiontoken.spi.SessionTokenProvider with mine.Mine; }")
        .to(folder.resolve("mine.jar"));
  }

  @Test
  void theContextClassLoaderIsThatOfTheFolderAndIsRestored() throws Exception {
    mine("""
    var loader = Thread.currentThread().getContextClassLoader();
    boolean isOwn = loader == getClass().getClassLoader();
    return SessionToken.of(isOwn ? "own" : "other");
    """)
        .to(folder.resolve("mine.jar"));
    var before = Thread.currentThread().getContextClassLoader();
    assertThat(token()).isEqualTo("own");
    assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(before);
  }

  @Test
  void servicesOfTheFolderAreFoundAndOnlyThose() throws Exception {
    SmallLibrary.in(work)
        .source(
            "lib/Run.java",
            "package lib; public class Run implements Runnable { public void run() {} }")
        .entry("META-INF/services/java.lang.Runnable", "lib.Run")
        .to(folder.resolve("run.jar"));
    mine("""
    var names = new StringBuilder();
    java.util.ServiceLoader.load(Runnable.class).forEach(each -> names.append(each.getClass().getName()));
    java.util.ServiceLoader.load(SessionTokenProvider.class).forEach(each -> names.append(each.name()));
    return SessionToken.of(names.toString());
    """)
        .to(folder.resolve("mine.jar"));
    assertThat(token()).isEqualTo("lib.Runmine");
  }

  @Test
  void aMultiReleaseJarGivesTheNewestClassesAndResources() throws Exception {
    var lib =
        SmallLibrary.in(work)
            .entry("META-INF/MANIFEST.MF", "Manifest-Version: 1.0\nMulti-Release: true\n")
            .source("lib/Lib.java", "package lib; public class Lib { " + LIB + " }")
            .source(
                "lib/Lib.java",
                "package lib; public class Lib { " + LIB.replace("\"lib\"", "\"new\"") + " }",
                "META-INF/versions/11/")
            .entry("lib/a b.txt", "old")
            .entry("META-INF/versions/11/lib/a b.txt", "text")
            .to(folder.resolve("lib.jar"));
    mine(
            """
            try (var in = lib.Lib.class.getResource("a b.txt").openStream()) {
              return SessionToken.of(lib.Lib.value() + new String(in.readAllBytes()));
            } catch (java.io.IOException e) { throw new java.io.UncheckedIOException(e); }
            """,
            lib)
        .to(folder.resolve("mine.jar"));
    assertThat(token()).isEqualTo("newtext");
  }

  @Test
  void aCopyOfTheSpiDoesNotCount() throws Exception {
    var spi = SessionTokenProviders.location(SessionTokenProvider.class).orElseThrow();
    var copy = SmallLibrary.in(work);
    try (var files = Files.walk(spi)) {
      for (var each : files.filter(Files::isRegularFile).toList()) {
        copy.entries().put(spi.relativize(each).toString(), Files.readAllBytes(each));
      }
    }
    copy.to(folder.resolve("a-sessiontoken-spi.jar"));
    mine("return SessionToken.of(\"t\");").to(folder.resolve("mine.jar"));
    assertThat(token()).isEqualTo("t");
  }

  @Test
  void otherClassesOfTheProgramAreNotVisible() throws Exception {
    mine("""
    try {
      Class.forName("dev.sessiontoken.discovery.Installation");
      return SessionToken.of("visible");
    } catch (ClassNotFoundException e) { return SessionToken.of("hidden"); }
    """)
        .to(folder.resolve("mine.jar"));
    assertThat(token()).isEqualTo("hidden");
  }

  @Test
  void aJarThatTheManifestNamesIsNotLoaded() throws Exception {
    var lib = library(work, work.resolve("outside.jar"), LIB);
    mine("return SessionToken.of(lib.Lib.value());", lib)
        .entry("META-INF/MANIFEST.MF", "Manifest-Version: 1.0\nClass-Path: ../outside.jar\n")
        .to(folder.resolve("mine.jar"));
    assertThatThrownBy(this::token)
        .isInstanceOf(BrokenProviderException.class)
        .hasMessageEndingWith(
            "fails with java.lang.NoClassDefFoundError: lib.Lib is in none of its jars");
  }

  @Test
  void aProviderInTwoJarsIsRefused() throws Exception {
    mine("return SessionToken.of(\"1\");").to(folder.resolve("one.jar"));
    mine("return SessionToken.of(\"2\");").to(folder.resolve("two.jar"));
    assertThat(problem())
        .isEqualTo("one.jar and two.jar both hold the provider Mine of package mine");
  }

  @Test
  void aListedClassThatIsNoProviderIsReported() throws Exception {
    library(work, folder.resolve("lib.jar"), LIB);
    SmallLibrary.in(work).entry(SERVICES, "lib.Lib").to(folder.resolve("mine.jar"));
    assertThat(problem()).isEqualTo("lib.Lib does not implement SessionTokenProvider");
    SmallLibrary.in(work).entry(SERVICES, "lib.None").to(folder.resolve("mine.jar"));
    assertThat(problem()).isEqualTo("lib.None is listed as a provider, but is in no jar of it");
  }

  @Test
  void aClassOfAModuleThatIsNotThereIsNamedWithTheModule() {
    for (var each :
        new Throwable[] {
          new NoClassDefFoundError("jdk/jfr/Event"),
          new ExceptionInInitializerError(new ClassNotFoundException("jdk.jfr.Event")),
          new java.util.ServiceConfigurationError("x", new NoClassDefFoundError("jdk/jfr/Event")),
          new TypeNotPresentException("jdk.jfr.Event", null),
          new IllegalStateException(new ClassNotFoundException("jdk.jfr.Event"))
        }) {
      assertThat(MissingClass.in(each).orElse(""))
          .startsWith("jdk.jfr.Event is in the JDK's module jdk.jfr, which ");
    }
    assertThat(MissingClass.in(new NoClassDefFoundError("Could not initialize class a.B")))
        .isEmpty();
    assertThat(MissingClass.in(new IllegalStateException("java.beans.Introspector"))).isEmpty();
  }
}
