package dev.sessiontoken.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sessiontoken.testkit.ProviderJar;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Providers that break the contract, and what the program prints. */
class BrokenProvidersTest extends ProgramTest {
  /** System property with the latch on which the provider "never-ends" waits. */
  private static final String LATCH = "brokenproviders.latch";

  private static final String[] PROVIDERS =
      Stream.of("NeverEnds", "Throws", "Errs", "Overflows", "GivesNull")
          .map("brokenproviders.BrokenProviders$"::concat)
          .toArray(String[]::new);

  @TempDir private static Path folder;
  private static Path jar = Path.of("");

  private final CountDownLatch released = new CountDownLatch(1);
  private final ClassLoader before = Thread.currentThread().getContextClassLoader();
  private URLClassLoader dropped = URLClassLoader.newInstance(new URL[0]);

  @BeforeAll
  static void compile() throws Exception {
    try (var source =
        BrokenProvidersTest.class.getResourceAsStream("/brokenproviders/BrokenProviders.java")) {
      var text = new String(source.readAllBytes(), StandardCharsets.UTF_8);
      jar =
          new ProviderJar(folder)
              .source("brokenproviders/BrokenProviders.java", text)
              .automatic(folder.resolve("brokenproviders.jar"), PROVIDERS);
    }
  }

  @BeforeEach
  void dropIn() throws Exception {
    dropped = URLClassLoader.newInstance(new URL[] {jar.toUri().toURL()}, before);
    Thread.currentThread().setContextClassLoader(dropped);
    System.getProperties().put(LATCH, released);
  }

  @AfterEach
  void remove() throws Exception {
    released.countDown();
    System.getProperties().remove(LATCH);
    Thread.currentThread().setContextClassLoader(before);
    dropped.close();
  }

  @ParameterizedTest
  @CsvSource({
    "throws, java.lang.IllegalStateException",
    "errs, java.lang.NoClassDefFoundError",
    "overflows, java.lang.StackOverflowError",
    "gives-null, java.lang.NullPointerException"
  })
  void anUnexpectedExceptionIsReportedWithAnIdAndWithoutItsMessage(String name, String exception) {
    var run = accessToken("--auth", name, "github");
    assertThat(run.status()).isEqualTo(70);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .matches(
            "coder: internal error [0-9a-f]{8} \\(\\Q"
                + exception
                + "\\E\\), a bug of this program: please report it; -v tells where it"
                + " happened\n");
  }

  @Test
  void theSameFailureHasTheSameId() {
    var first = accessToken("--auth", "throws", "github");
    assertThat(accessToken("--auth", "throws", "github")).isEqualTo(first);
    assertThat(accessToken("--auth", "errs", "github").err()).isNotEqualTo(first.err());
  }

  @Test
  void verboseOutputHasTheStackTraceWithoutMessages() {
    var run = accessToken("-v", "--auth", "throws", "github");
    assertThat(run.status()).isEqualTo(70);
    assertThat(run.err())
        .contains(
            "coder: java.lang.IllegalStateException\n",
            "coder: java.lang.RuntimeException\n",
            "BrokenProviders$Throws.obtain(BrokenProviders.java:")
        .doesNotContain("s3cr3t");
    assertThat(run.err().lines()).allSatisfy(line -> assertThat(line).startsWith("coder: "));
  }

  @Test
  void oneThatNeverEndsIsAbandonedAtTheTimeLimit() {
    var run = accessToken("--timeout", "50ms", "--auth", "never-ends", "github");
    assertThat(run.status()).isEqualTo(6);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .startsWith("coder: obtain a session token by never-ends: time limit reached; --timeout");
  }

  @ParameterizedTest
  @ValueSource(strings = {"token", "token-file"})
  void noneAffectsCallsWithOtherProviders(String name, @TempDir Path folder) throws Exception {
    var file = java.nio.file.Files.writeString(folder.resolve("token"), coder.agentToken());
    var run = accessToken("--auth", name, "--agent-token-file", file.toString(), "github");
    assertThat(run).isEqualTo(new Ended(0, "gho_bananas", ""));
  }

  @Test
  void oneOfAChainEndsIt() {
    var run = accessToken("--auth", "throws,token", "github");
    assertThat(run.status()).isEqualTo(70);
    assertThat(accessToken("--auth", "token,throws", "github").out()).isEqualTo("gho_bananas");
  }

  @Test
  void theyAreListedWithTheOthers() {
    assertThat(accessToken("--auth", "nope", "github").err())
        .contains("take errs, gives-null, never-ends, overflows, throws, token, token-file\n");
  }
}
