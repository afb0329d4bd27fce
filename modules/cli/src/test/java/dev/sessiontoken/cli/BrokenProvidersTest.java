package dev.sessiontoken.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sessiontoken.cli.Troublemakers.NeverEnds;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Providers that break the rules, and what the user sees of it. */
class BrokenProvidersTest extends ProgramTest {
  private final CountDownLatch released = new CountDownLatch(1);
  private ClassLoader before = ClassLoader.getSystemClassLoader();

  @BeforeEach
  void dropIn(@TempDir Path folder) {
    before = Thread.currentThread().getContextClassLoader();
    Thread.currentThread().setContextClassLoader(new DroppedIn(folder));
    System.getProperties().put(NeverEnds.LATCH, released);
  }

  @AfterEach
  void takeOut() {
    released.countDown();
    System.getProperties().remove(NeverEnds.LATCH);
    Thread.currentThread().setContextClassLoader(before);
  }

  @ParameterizedTest
  @CsvSource({
    "throws, java.lang.IllegalStateException",
    "errs, java.lang.NoClassDefFoundError",
    "overflows, java.lang.StackOverflowError",
    "gives-null, java.lang.NullPointerException"
  })
  void oneThatFailsUnexpectedlyIsABugWithAnIdAndNoMessage(String name, String exception) {
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
  void whereItHappenedIsToldWhenAskedForAndStillNoMessage() {
    var run = accessToken("-v", "--auth", "throws", "github");
    assertThat(run.status()).isEqualTo(70);
    assertThat(run.err())
        .contains(
            "coder: java.lang.IllegalStateException\n",
            "coder: java.lang.RuntimeException\n",
            "Troublemakers$Throws.obtain(Troublemakers.java:")
        .doesNotContain("s3cr3t");
    assertThat(run.err().lines()).allSatisfy(line -> assertThat(line).startsWith("coder: "));
  }

  @Test
  void oneThatNeverEndsIsGivenUp() {
    var run = accessToken("--timeout", "50ms", "--auth", "never-ends", "github");
    assertThat(run.status()).isEqualTo(6);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .startsWith("coder: obtain a session token by never-ends: time limit reached; --timeout");
  }

  @ParameterizedTest
  @ValueSource(strings = {"token", "token-file"})
  void noneHarmsThoseWhoDidNotChooseIt(String name, @TempDir Path folder) throws Exception {
    var file = java.nio.file.Files.writeString(folder.resolve("token"), coder.agentToken());
    var run = accessToken("--auth", name, "--agent-token-file", file.toString(), "github");
    assertThat(run).isEqualTo(new Ended(0, "gho_bananas", ""));
  }

  @Test
  void theyAreListedWithTheOthers() {
    assertThat(accessToken("--auth", "nope", "github").err())
        .contains("take errs, gives-null, never-ends, overflows, throws, token, token-file\n");
  }
}
