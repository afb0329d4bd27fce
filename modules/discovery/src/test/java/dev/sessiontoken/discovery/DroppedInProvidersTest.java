package dev.sessiontoken.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sessiontoken.spi.Deadline;
import dev.sessiontoken.spi.SessionTokenException.NotConfigured;
import dev.sessiontoken.spi.SessionTokenProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DroppedInProvidersTest {
  private static final String RUNS = "dropped-in-providers-test.runs";

  @TempDir Path work;
  Path jars = Path.of("");
  Path cache = Path.of("");

  /** Answers of the probe by jar. Jars without an answer count as not probed in time. */
  private final Map<String, String> answers = new HashMap<>();

  private final List<String> probed = new ArrayList<>();

  @BeforeEach
  void makeFolders() throws Exception {
    jars = Files.createDirectory(work.resolve("jars"));
    cache = work.resolve("cache/providers");
  }

  @AfterEach
  void forget() {
    System.clearProperty(RUNS);
  }

  private static String runs() {
    return System.getProperty(RUNS, "");
  }

  private Map<Path, Installation> probe(List<Path> places, Deadline deadline) {
    assertThat(deadline.remaining()).isLessThanOrEqualTo(Duration.ofSeconds(2));
    var found = new HashMap<Path, Installation>();
    for (var place : places) {
      String name = place.getFileName().toString();
      probed.add(name);
      if (!answers.containsKey(name)) continue;
      found.put(place, Installation.parse(place, answers.getOrDefault(name, "")));
    }
    return found;
  }

  private DroppedInProviders providers() {
    return new DroppedInProviders(List.of(jars), this::probe, Optional.of(cache));
  }

  private static Deadline deadline() {
    return Deadline.in(Duration.ofSeconds(30));
  }

  private SessionTokenProvider load(String name) throws Exception {
    var providers = providers();
    var found = DroppedInProviders.withProvider(name, providers.search(name, deadline()));
    return providers.load(name, found.orElseThrow());
  }

  private void unusable(String name, String problem) {
    assertThatThrownBy(() -> load(name))
        .isInstanceOf(NotConfigured.class)
        .hasMessageContaining(problem);
  }

  @Test
  void aJarWithAnIndexIsNeitherProbedNorLoadedBeforeItIsChosen() throws Exception {
    SmallJar.named("other").counting(RUNS).indexed("other=small.Small").in(jars);
    SmallJar.named("mine").indexed("mine=small.Small").in(jars);
    assertThat(providers().all(deadline()))
        .flatExtracting(Installation::providers)
        .extracting(ProviderDescription::name)
        .containsExactly("mine", "other");
    assertThat(load("mine").name()).isEqualTo("mine");
    assertThat(probed).isEmpty();
    assertThat(runs()).isEmpty();
    assertThat(load("other").name()).isEqualTo("other");
    assertThat(runs()).isEqualTo("I");
  }

  @Test
  void aJarWithoutAnIndexIsProbedOnce() throws Exception {
    SmallJar.named("other").counting(RUNS).in(jars);
    SmallJar.named("mine").in(jars);
    answers.put("other.jar", "other=small.Small");
    answers.put("mine.jar", "mine=small.Small");
    assertThat(load("mine").name()).isEqualTo("mine");
    assertThat(load("mine").name()).isEqualTo("mine");
    assertThat(providers().all(deadline())).hasSize(2);
    assertThat(probed).containsExactly("mine.jar", "other.jar");
    assertThat(runs()).isEmpty();
  }

  @Test
  void aChangedJarIsProbedAgain() throws Exception {
    SmallJar.named("mine").in(jars);
    answers.put("mine.jar", "mine=small.Small");
    load("mine");
    SmallJar.named("mine").doing("int changed = 1;").in(jars);
    load("mine");
    assertThat(probed).containsExactly("mine.jar", "mine.jar");
  }

  @Test
  void aBrokenJarIsProbedAgainOnlyIfNoOtherHasTheName() throws Exception {
    SmallJar.named("slow").in(jars);
    SmallJar.named("mine").indexed("mine=small.Small").in(jars);
    answers.put("slow.jar", "!too slow");
    load("mine");
    load("mine");
    assertThat(probed).containsExactly("slow.jar");
    unusable("slow", "slow.jar: too slow");
    assertThat(probed).hasSize(2);
    answers.put("slow.jar", "slow=small.Small");
    assertThat(load("slow").name()).isEqualTo("slow");
    assertThat(probed).hasSize(3);
  }

  @Test
  void aJarThatWasNotProbedInTimeIsNotCached() throws Exception {
    SmallJar.named("late").in(jars);
    unusable("late", "late.jar: no time was left to ask it for its providers");
    answers.put("late.jar", "late=small.Small");
    assertThat(load("late").name()).isEqualTo("late");
  }

  @Test
  void aCacheThatOthersCanWriteToIsNotUsed() throws Exception {
    SmallJar.named("mine").in(jars);
    answers.put("mine.jar", "mine=small.Small");
    load("mine");
    Files.setPosixFilePermissions(cache, PosixFilePermissions.fromString("rwxrwxrwx"));
    load("mine");
    load("mine");
    assertThat(probed).hasSize(3);
  }

  @Test
  void theCacheBelongsToThisUserOnly() throws Exception {
    SmallJar.named("mine").in(jars);
    answers.put("mine.jar", "mine=small.Small");
    load("mine");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(cache)))
        .isEqualTo("rwx------");
    try (var files = Files.list(cache)) {
      assertThat(files)
          .singleElement()
          .satisfies(each -> assertThat(each).content().isEqualTo("mine=small.Small\n"));
    }
  }

  @Test
  void aCacheThatCannotBeCreatedIsNoError() throws Exception {
    Files.createFile(work.resolve("cache"));
    SmallJar.named("mine").in(jars);
    answers.put("mine.jar", "mine=small.Small");
    assertThat(load("mine").name()).isEqualTo("mine");
  }

  @Test
  void anIndexWithAWrongNameIsReported() throws Exception {
    SmallJar.named("real").indexed("claimed=small.Small").in(jars);
    unusable("claimed", "small.Small is listed as claimed, but its name is real");
  }

  @Test
  void anIndexWithAWrongClassIsReported() throws Exception {
    SmallJar.named("mine").indexed("mine=small.Other").in(jars);
    unusable("mine", "mine is listed with small.Other, which is no provider in it");
  }

  @Test
  void anIndexWithAnInvalidLineIsReported() throws Exception {
    SmallJar.named("mine").indexed("what is this").in(jars);
    unusable("mine", "its index has a line that is no provider and no option: what is this");
  }

  @Test
  void aChosenJarThatFailsToLoadIsNotConfigured() throws Exception {
    SmallJar.named("mine")
        .doing("if (true) throw new IllegalStateException();")
        .indexed("mine=small.Small")
        .in(jars);
    unusable("mine", "mine.jar: java.lang.IllegalStateException");
  }

  @Test
  void twoOfOneNameAreBothBroken() throws Exception {
    SmallJar.named("mine").indexed("mine=small.Small").in(jars);
    SmallJar.named("mine").indexed("mine=small.Small").at(jars.resolve("zwei.jar"));
    assertThat(providers().all(deadline()))
        .extracting(each -> each.problem().orElse(""))
        .allSatisfy(problem -> assertThat(problem).startsWith("its name, mine, is also that of"));
    unusable("mine", "zwei.jar");
  }

  @Test
  void aProblemIsOneShortLineOfPrintableCharacters() {
    var broken = Installation.broken(Path.of("a.jar"), "bad\u001b[2Jtext\n" + "x".repeat(5000));
    assertThat(broken.problem().orElseThrow())
        .startsWith("bad\\u001b[2Jtext\\nxxx")
        .doesNotContain("\n", "\u001b")
        .hasSizeLessThan(400);
  }

  @Test
  void aTextRoundTrips() {
    var broken = Installation.broken(Path.of("a.jar"), "no good");
    assertThat(Installation.parse(Path.of("a.jar"), broken.text())).isEqualTo(broken);
    var sound =
        Installation.of(
            Path.of("a.jar"), List.of(new ProviderDescription("mine", "small.Small", List.of())));
    assertThat(Installation.parse(Path.of("a.jar"), sound.text())).isEqualTo(sound);
    assertThat(Installation.parse(Path.of("a.jar"), "").problem()).contains("it holds no provider");
  }

  @Test
  void withoutAProbeOnlyJarsWithAnIndexAreUsed() throws Exception {
    SmallJar.named("other").counting(RUNS).in(jars);
    SmallJar.named("mine").indexed("mine=small.Small").in(jars);
    var providers = new DroppedInProviders(List.of(jars), ProviderProbe.none(), Optional.empty());
    assertThat(providers.all(deadline()))
        .extracting(each -> each.problem().orElse(""))
        .containsExactly("", "it has no index of its providers");
    assertThat(runs()).isEmpty();
  }

  @Test
  void aProgramMayAskForJarsToBeLoadedInItsOwnJvm() throws Exception {
    SmallJar.named("mine").counting(RUNS).in(jars);
    var providers =
        new DroppedInProviders(List.of(jars), ProviderProbe.inThisJvm(), Optional.empty());
    assertThat(providers.all(deadline()))
        .singleElement()
        .extracting(each -> each.providers().getFirst())
        .isEqualTo(new ProviderDescription("mine", "small.Small", List.of()));
    assertThat(runs()).isEqualTo("I");
  }
}
