package dev.sessiontoken.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Programs that tests run; packaging/runtime/peers installs them. */
public final class Programs {
  public static final String PATH = "/usr/local/sbin:/usr/sbin:/sbin:/usr/local/bin:/usr/bin:/bin";

  private Programs() {}

  /** Skips the test if a program is missing; the reason names the program. */
  public static void need(String... programs) {
    for (String program : programs) {
      var missing = missing(program);
      assumeTrue(missing.isEmpty(), missing.orElse(""));
    }
  }

  /** Reason to skip a test that needs the program; empty if the program is installed. */
  public static Optional<String> missing(String program) {
    return isThere(program)
        ? Optional.empty()
        : Optional.of(program + " is missing (./dev peers installs it)");
  }

  public static boolean isThere(String program) {
    return find(program).isPresent();
  }

  private static Optional<Path> find(String program) {
    return List.of(PATH.split(":", -1)).stream()
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Starts a server; its output goes to {@code PROGRAM.log} in the folder. */
  public static Process start(Path folder, String... command) throws IOException {
    var line = command.clone();
    line[0] = find(command[0]).orElseThrow().toString(); // sshd must be called by its absolute path
    return new ProcessBuilder(line)
        .redirectInput(new File("/dev/null"))
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve(command[0] + ".log").toFile())
        .start();
  }

  /** Runs a program that must succeed; returns its standard output. */
  public static String run(Map<String, String> environment, String... command) throws Exception {
    var result = Image.run(List.of(command), environment);
    assertThat(result.status()).as("%s: %s", String.join(" ", command), result.err()).isZero();
    return result.out();
  }

  public static String run(String... command) throws Exception {
    return run(Map.of("PATH", PATH), command);
  }

  public static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }
}
