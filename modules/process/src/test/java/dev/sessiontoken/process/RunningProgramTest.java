package dev.sessiontoken.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sessiontoken.process.RunningProgram.Finished;
import dev.sessiontoken.spi.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class RunningProgramTest {
  private static final Duration AMPLE = Duration.ofMinutes(1);
  private static final Duration SHORT = Duration.ofMillis(200);

  private final List<String> lines = new ArrayList<>();

  private static RunningProgram start(String script) throws Exception {
    return RunningProgram.start(new ProcessBuilder("/bin/sh", "-c", script));
  }

  private Finished run(String script) throws Exception {
    try (var program = start(script)) {
      return program.await(Deadline.in(AMPLE), 100, lines::add);
    }
  }

  @Test
  void returnsStatusOutputAndErrors() throws Exception {
    assertThat(run("echo oops >&2; printf é; exit 3"))
        .isEqualTo(new Finished(3, "é", false, List.of("oops")));
    assertThat(lines).isEmpty();
  }

  @Test
  void passesALineOnWhileTheProgramRuns() throws Exception {
    var script = "echo open the page >&2; read answer";
    var builder = new ProcessBuilder("/bin/sh", "-c", script);
    try (var program = RunningProgram.start(builder);
        var input = program.process().outputWriter()) {
      var finished = program.await(Deadline.in(AMPLE), 100, line -> answer(input, line));
      assertThat(finished.lines()).isEmpty();
    }
    assertThat(lines).containsExactly("open the page");
  }

  private void answer(java.io.Writer input, String line) {
    lines.add(line);
    try {
      input.write("yes\n");
      input.flush();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void readsUpToTheLimit() throws Exception {
    assertThat(run("printf %0100d 0"))
        .isEqualTo(new Finished(0, "0".repeat(100), false, List.of()));
    assertThat(run("printf %0101d 0").isTooLong()).isTrue();
    assertThat(run("yes").isTooLong()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sleep 600",
        "exec >&- 2>&-; sleep 600",
        "sleep 600 & wait",
        "trap '' TERM; sleep 600",
        "yes >&2",
        "(sleep 600 &); sleep 600"
      })
  void endsAtTheDeadlineWithAllThatItStarted(String script) throws Exception {
    var program = start(script);
    try (program) {
      assertThatThrownBy(() -> program.await(Deadline.in(SHORT), 100, lines::add))
          .isInstanceOf(TimeoutException.class);
    }
    assertThat(program.process().onExit()).succeedsWithin(Duration.ofSeconds(20));
    assertReadersEnd();
  }

  @ParameterizedTest
  @ValueSource(strings = {"sleep 600 & echo token", "setsid sleep 600 & echo token"})
  void doesNotWaitForAChildInTheBackgroundAndEndsIt(String script) throws Exception {
    assertThat(run(script)).isEqualTo(new Finished(0, "token\n", false, List.of()));
    assertReadersEnd();
  }

  /** A reader ends only when every holder of its pipe has ended. */
  private static void assertReadersEnd() throws InterruptedException {
    for (var thread : Thread.getAllStackTraces().keySet()) {
      if (!thread.getName().startsWith("sessiontoken-")) continue;
      assertThat(thread.join(Duration.ofSeconds(20))).as(thread.getName()).isTrue();
    }
  }

  @Test
  void endsTheProgramWhenTheThreadIsInterrupted() throws Exception {
    var program = start("sleep 600");
    Thread.currentThread().interrupt();
    try (program) {
      assertThatThrownBy(() -> program.await(Deadline.in(AMPLE), 100, lines::add))
          .isInstanceOf(InterruptedException.class);
    }
    assertThat(Thread.interrupted()).isFalse();
    assertThat(program.process().onExit()).succeedsWithin(Duration.ofSeconds(20));
  }
}
