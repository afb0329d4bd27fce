package dev.sessiontoken.runtime.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sessiontoken.testkit.raw.Script;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the built image against real servers (nginx, Squid) and against scripted ones that break
 * their protocol: every row of {@link Matrix}.
 */
@TestInstance(Lifecycle.PER_CLASS)
class FaultMatrixIT {
  private static final Path PROGRAM = Path.of(System.getProperty("image"), "bin/coder");
  private static final int AT_ONCE = 4;
  private static final Duration AT_MOST = Duration.ofMinutes(4); // for all rows together

  private final Map<String, List<Future<List<String>>>> runs = new LinkedHashMap<>();
  private final ExecutorService workers = Executors.newFixedThreadPool(AT_ONCE);
  private Optional<Peers> peers = Optional.empty();
  private Optional<String> noNamespace = Optional.empty();
  private Optional<Future<Map<String, String>>> namespace = Optional.empty();

  @BeforeAll
  void startEverything(@TempDir Path folder) throws Exception {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    noNamespace = Namespace.missing();
    if (noNamespace.isEmpty()) {
      namespace = Optional.of(workers.submit(() -> Namespace.run(PROGRAM, folder)));
    }
    peers = Optional.of(new Peers(folder));
    var runner = new Runner(peers.get(), program(folder));
    for (var row : Matrix.rows())
      if (missing(row).isEmpty()) runs.put(row.title(), start(runner, row));
    printSkippedRows();
  }

  /**
   * Returns the program that the rows run; a subclass returns one that has it run in another way.
   */
  Path program(Path folder) throws Exception {
    return PROGRAM;
  }

  /** Prints the reasons: the reports of the build have only the number of skipped rows. */
  private void printSkippedRows() {
    Stream.concat(
            Matrix.rows().stream().flatMap(row -> missing(row).stream()), noNamespace.stream())
        .distinct()
        .forEach(reason -> System.err.println("Rows of the fault matrix are skipped: " + reason));
  }

  private List<Future<List<String>>> start(Runner runner, Row row) {
    var variants = new ArrayList<Future<List<String>>>();
    for (int i = 0; i < row.variants(); i++) {
      int variant = i;
      variants.add(workers.submit(() -> runner.run(row, variant)));
    }
    return variants;
  }

  @AfterAll
  void stopEverything() throws IOException {
    workers.shutdownNow();
    if (peers.isPresent()) peers.get().close();
  }

  private static Optional<String> missing(Row row) {
    return row.names().stream().flatMap(name -> Peers.missingFor(name).stream()).findFirst();
  }

  @TestFactory
  Stream<DynamicTest> rows() {
    return Matrix.rows().stream().map(row -> DynamicTest.dynamicTest(row.title(), () -> hold(row)));
  }

  private void hold(Row row) throws Exception {
    var missing = missing(row);
    assumeTrue(missing.isEmpty(), () -> missing.orElse(""));
    var failures = new ArrayList<String>();
    assertThat(runs).as("what was run").containsKey(row.title());
    for (var run : runs.getOrDefault(row.title(), List.of())) {
      failures.addAll(run.get(AT_MOST.toSeconds(), TimeUnit.SECONDS));
    }
    judge(row, failures);
  }

  @TestFactory
  Stream<DynamicTest> rowsOfTheNamespace() {
    return NamespaceRows.rows().stream()
        .map(row -> DynamicTest.dynamicTest(row.title(), () -> holdThere(row)));
  }

  private void holdThere(Row row) throws Exception {
    assumeTrue(noNamespace.isEmpty(), () -> noNamespace.orElse(""));
    var results = namespace.orElseThrow().get(AT_MOST.toSeconds(), TimeUnit.SECONDS);
    String failure = results.getOrDefault(row.title(), "");
    judge(row, failure.isEmpty() ? List.of() : List.of(failure));
  }

  private static void judge(Row row, List<String> failures) {
    String bug = row.expected().bug();
    if (!bug.isEmpty()) {
      assertThat(failures).as(row.title() + " holds now: take knownBug away").isNotEmpty();
      assertThat(failures).as(row.title()).noneMatch(Verdict::isHangOrLeak);
    }
    assumeTrue(bug.isEmpty(), () -> "known bug: " + bug + ": " + failures);
    assertThat(failures).as(row.title()).isEmpty();
  }

  /** Checks the matrix itself: each wrong expectation of a good answer makes a row fail. */
  @Test
  void failsForEveryOtherResultThanTheExpected() throws Exception {
    var good = Row.of("guard", "a good answer").server(Script.sends(Answers.token())).requests(1);
    var runner = new Runner(peers.orElseThrow(), PROGRAM);
    assertThat(runner.run(good, 0)).isEmpty();
    for (var wrong :
        List.of(
            good.fails(6, ""),
            good.says("a word"),
            good.requests(2),
            good.header("x-team", "blue"),
            good.within(Duration.ofMillis(1)),
            good.lasting(Duration.ofMinutes(1), Duration.ofMinutes(2)),
            good.flags("-v").says("HTTP").neverSays("HTTP 200"),
            good.server(Script.sends(Answers.failure("403 No"))),
            good.server(Script.sends(Answers.failure("403 " + Row.TOKEN))).fails(4, "nothing such"),
            Row.of("guard", "a secret")
                .server(Script.sends(Answers.answer("403 No", "", "{\"message\":\"hunter2\"}")))
                .fails(4, "HTTP 403"))) {
      assertThat(runner.run(wrong, 0)).as(wrong.toString()).isNotEmpty();
    }
  }

  @Test
  void hasAtLeast120RowsOfDifferentNames() {
    var rows = Stream.concat(Matrix.rows().stream(), NamespaceRows.rows().stream()).toList();
    assertThat(rows).hasSizeGreaterThan(120);
    assertThat(new HashSet<>(rows.stream().map(Row::title).toList())).hasSameSizeAs(rows);
  }

  /** With REWRITE_FAULTS=1 in the environment, runs curl and writes the page before comparing. */
  @Test
  void isWrittenDownInTheDocumentation() throws Exception {
    var file = Path.of("../../docs/faults.md");
    if (System.getenv("REWRITE_FAULTS") != null) {
      var curl = new Curl(peers.orElseThrow());
      Files.writeString(file, Document.of(curl::answer));
    }
    assertThat(Document.withoutCurl(Files.readString(file)))
        .as("REWRITE_FAULTS=1 writes docs/faults.md anew")
        .isEqualTo(Document.withoutCurl(Document.of(_ -> "")));
  }
}
