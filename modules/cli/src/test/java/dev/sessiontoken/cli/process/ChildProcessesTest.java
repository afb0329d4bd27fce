package dev.sessiontoken.cli.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sessiontoken.process.InheritedVariables;
import dev.sessiontoken.spi.Deadline;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class ChildProcessesTest {
  private final ChildProcesses children = new ChildProcesses(Map.of("PATH", "/usr/bin:/bin"));

  private ProcessBuilder shell(String script) {
    return children.builder(List.of("/bin/sh", "-c", script));
  }

  private static Deadline in(Duration limit) {
    return Deadline.in(limit);
  }

  @Test
  void returnsStatusAndOutput() throws Exception {
    var finished = children.run(shell("printf é; exit 3"), in(Duration.ofMinutes(1)), 100, p -> {});
    assertThat(finished).isEqualTo(new ChildProcesses.Finished(3, "é", false));
  }

  @Test
  void givesAnEmptyStandardInput() throws Exception {
    assertThat(children.run(shell("cat"), in(Duration.ofMinutes(1)), 100, p -> {}).output())
        .isEmpty();
  }

  @Test
  void endsAProgramThatPrintsTooMuch() throws Exception {
    var finished = children.run(shell("yes"), in(Duration.ofMinutes(1)), 100, p -> {});
    assertThat(finished.isTooLong()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"sleep 600", "exec >&-; sleep 600", "sleep 600 & wait", "trap '' TERM; sleep 600"})
  void endsAProgramAtTheDeadlineWithAllThatItStarted(String script) {
    var started = new CompletableFuture<Process>();
    assertThatThrownBy(
            () -> children.run(shell(script), in(Duration.ofMillis(200)), 100, started::complete))
        .isInstanceOf(TimeoutException.class);
    assertThat(started.join().onExit()).succeedsWithin(Duration.ofSeconds(20));
    assertThat(started.join().descendants()).isEmpty();
  }

  @Test
  void endsRunningProgramsWhenThisProcessEnds() throws Exception {
    var running = new CountDownLatch(1);
    var end = new CompletableFuture<Integer>();
    Thread.ofVirtual()
        .start(() -> {
          try {
            end.complete(children.await(shell("sleep 600"), p -> running.countDown()));
          } catch (Exception e) {
            end.completeExceptionally(e);
          }
        });
    assertThat(running.await(20, TimeUnit.SECONDS)).isTrue();
    children.end();
    assertThat(end.get(20, TimeUnit.SECONDS)).isEqualTo(128 + 15);
  }

  @Test
  void removesTheAgentsTokenFromTheEnvironment() {
    var environment = Map.of("CODER_AGENT_TOKEN", "s3cr3t", "A", "a");
    assertThat(new ChildProcesses(environment).builder(List.of("x")).environment())
        .isEqualTo(Map.of("A", "a"));
  }

  @ParameterizedTest
  @CsvSource({"'', ''", "de_DE.UTF-8, de_DE.UTF-8"})
  void restoresVariablesThatTheLauncherChanged(String before, String after) {
    for (String variable : List.of("LC_ALL", "MALLOC_ARENA_MAX")) {
      var environment = Map.of(variable, "ours", "CODER_" + variable, before, "A", "a");
      var inherited = new ChildProcesses(environment).environment();
      assertThat(inherited.getOrDefault(variable, "")).isEqualTo(after);
      assertThat(inherited).containsEntry("A", "a").doesNotContainKey("CODER_" + variable);
    }
  }

  @Test
  void coversEveryVariableThatTheLauncherSets() throws Exception {
    var launcher = Files.readString(Path.of("../../packaging/runtime/src/main/launcher/coder"));
    InheritedVariables.SET_BY_LAUNCHER.forEach(
        (variable, kept) -> assertThat(launcher).contains(kept + "=${" + variable + "-}"));
    var kept = InheritedVariables.SET_BY_LAUNCHER.values();
    assertThat(
            launcher.lines().filter(line -> line.contains("-}")).flatMap(ChildProcessesTest::kept))
        .containsExactlyInAnyOrderElementsOf(kept);
  }

  private static java.util.stream.Stream<String> kept(String line) {
    return java.util.regex.Pattern.compile("(CODER_\\w+)=\\$\\{\\w+-}")
        .matcher(line)
        .results()
        .map(match -> match.group(1));
  }
}
