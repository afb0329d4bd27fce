package dev.sessiontoken.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sessiontoken.cli.command.Terminal;
import dev.sessiontoken.testkit.FakeCoder;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/** A fake deployment, and command lines run in this JVM as in a process of their own. */
@Timeout(60)
public abstract class ProgramTest {
  final FakeCoder coder = FakeCoder.start();

  @AfterEach
  void close() {
    coder.close();
  }

  /** Exit status, standard output and standard error of a run. */
  record Ended(int status, String out, String err) {}

  static Ended run(Map<String, String> environment, String... args) {
    return runWithInput("", environment, args);
  }

  static Ended runWithInput(String input, Map<String, String> environment, String... args) {
    var in = new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8));
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    int status = run(in, out, err, environment, args);
    return new Ended(
        status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  static int run(
      OutputStream out, OutputStream err, Map<String, String> environment, String... args) {
    return run(InputStream.nullInputStream(), out, err, environment, args);
  }

  static int run(
      InputStream in,
      OutputStream out,
      OutputStream err,
      Map<String, String> environment,
      String... args) {
    var terminal =
        new Terminal(
            in, out, new PrintStream(err, true, StandardCharsets.UTF_8), () -> false, () -> false);
    return new Program(
            terminal,
            environment,
            InstantSource.system(),
            _ -> {}, // no pause between tries
            Path.of("target/image"),
            Path.of("/target/image/bin/coder"))
        .run(args);
  }

  /** Checks that a run failed, with an empty standard output and one line on standard error. */
  static void failed(Ended run, int status, String... messages) {
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith("coder: ").endsWith("\n");
    for (var each : messages) assertThat(run.err()).contains(each);
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.status()).isEqualTo(status);
  }

  /** Checks that a run ended with the exit code and message of a wrong command line. */
  static void misused(Ended run, String message) {
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith("coder: ").contains(message).endsWith("\n");
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.status()).isEqualTo(2);
  }

  /** Variables that the agent sets for its children, and more as pairs of name and value. */
  final Map<String, String> environment(String... more) {
    var environment = new HashMap<String, String>();
    environment.put("CODER_AGENT_URL", coder.url().toString());
    environment.put("CODER_AGENT_TOKEN", coder.agentToken());
    for (int i = 0; i < more.length; i += 2) environment.put(more[i], more[i + 1]);
    return environment;
  }

  /** Runs {@code coder external-auth access-token} with these arguments inside a workspace. */
  final Ended accessToken(String... args) {
    return run(environment(), withWords(args));
  }

  static String[] withWords(String... args) {
    var line = new java.util.ArrayList<>(List.of("external-auth", "access-token"));
    line.addAll(List.of(args));
    return line.toArray(String[]::new);
  }
}
