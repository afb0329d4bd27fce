package dev.sessiontoken.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class StepsTest {
  private final AtomicLong nanos = new AtomicLong(-5);
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final PrintStream err = new PrintStream(written, true, StandardCharsets.UTF_8);
  private final Phases phases = new Phases(Map.of(), err, InstantSource.system());

  @Test
  void countTheTimeOfWaitsThatOutlastTheTimeLimit() {
    var steps = new Steps(true, err, err, nanos::get, phases, new SecretFilter());
    nanos.addAndGet(Duration.ofMinutes(5).toNanos());
    steps.tell("poll");
    assertThat(written.toString(StandardCharsets.UTF_8)).isEqualTo("coder: 300000 ms: poll\n");
  }

  @Test
  void areRememberedWhereTheyAreNotShown() {
    var steps = new Steps(false, err, err, nanos::get, phases, new SecretFilter());
    steps.tell("poll");
    assertThat(steps.last()).isEqualTo("poll");
    assertThat(written.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  @Test
  void whatAProviderSaysIsOneCleanLineThatIsShownInAnyCase() {
    var steps = new Steps(false, err, err, nanos::get, phases, new SecretFilter());
    steps.say("log in at\nhttps://id.example.com \u202e" + "a".repeat(2000));
    assertThat(written.toString(StandardCharsets.UTF_8))
        .startsWith("coder: log in at\\nhttps://id.example.com \\u202eaaa")
        .endsWith("characters)\n")
        .hasSizeLessThan(1100);
    assertThat(steps.last()).isEqualTo("starting");
  }
}
