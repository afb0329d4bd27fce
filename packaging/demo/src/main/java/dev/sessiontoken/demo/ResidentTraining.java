package dev.sessiontoken.demo;

import dev.sessiontoken.testkit.FakeCoder;
import dev.sessiontoken.testkit.FakeMetadata;
import dev.sessiontoken.testkit.tls.ServerChain;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Records the AOT cache of the image's resident helper, from the calls that it answers: so that it
 * starts quickly, and answers the first calls quickly as well.
 */
final class ResidentTraining {
  private static final List<String> JOB = List.of("external-auth", "access-token", "github");

  private final Path image;
  private final Path folder;

  private ResidentTraining(Path image, Path folder) {
    this.image = image;
    this.folder = folder;
  }

  /** The argument is the image's folder. */
  public static void main(String[] args) throws IOException, InterruptedException {
    var folder = Files.createTempDirectory("resident"); // the path of a socket is short
    try {
      new ResidentTraining(Path.of(args[0]), folder).record();
    } finally {
      for (String left : List.of("sessiontoken", "authority.pem")) {
        Files.deleteIfExists(folder.resolve(left));
      }
      Files.deleteIfExists(folder);
    }
  }

  private void record() throws IOException, InterruptedException {
    var cache = image.resolve("lib/resident.aot");
    var process =
        process(
            Map.of(),
            image.resolve("bin/java").toString(),
            "-XX:AOTCacheOutput=" + cache,
            "-m",
            "dev.sessiontoken.resident/dev.sessiontoken.resident.Main",
            "resident",
            "start",
            "--foreground");
    var output = process.inputReader(StandardCharsets.UTF_8);
    var said = new ArrayList<String>(List.of(String.valueOf(output.readLine())));
    if (said.getFirst().contains("answers at")) call();
    output.lines().forEach(said::add);
    if (process.waitFor() != 0 || !Files.exists(cache)) {
      throw new IllegalStateException("the training of the resident helper failed: " + said);
    }
  }

  private void call() throws IOException, InterruptedException {
    var chain = ServerChain.p256();
    var authority = folder.resolve("authority.pem");
    chain.writeAuthority(authority);
    try (var plain = FakeCoder.start();
        var metadata = FakeMetadata.start(FakeCoder.INSTANCE_ID);
        var encrypted = new TlsFront(chain.serverContext(), "TLSv1.3", plain)) {
      plain.trust(metadata);
      var inTheClear = agent(plain.url().toString(), plain);
      var byTls = agent(encrypted.url().toString(), plain);
      byTls.put("CODER_CA_FILE", authority.toString());
      for (var each : List.of(inTheClear, byTls)) {
        run(0, each, JOB);
        run(5, each, List.of("external-auth", "access-token", "nonsense"));
        run(0, each, List.of("Password for 'https://x-access-token@github.com': "));
        run(0, each, JOB);
      }
      var identity = new HashMap<>(metadata.environment());
      identity.put("CODER_AGENT_URL", plain.url().toString());
      identity.put("CODER_AGENT_AUTH", "aws-instance-identity");
      for (int i = 0; i < 2; i++) run(0, identity, JOB);
    } finally {
      run(0, Map.of(), List.of("resident", "stop"));
    }
  }

  private static Map<String, String> agent(String url, FakeCoder coder) {
    return new HashMap<>(Map.of("CODER_AGENT_URL", url, "CODER_AGENT_TOKEN", coder.agentToken()));
  }

  private void run(int expected, Map<String, String> environment, List<String> arguments)
      throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of(image.resolve("bin/coder").toString()));
    command.addAll(arguments);
    var process = process(environment, command.toArray(String[]::new));
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int status = process.waitFor();
    if (status != expected)
      throw new IllegalStateException(arguments + ": " + status + ": " + said);
  }

  private Process process(Map<String, String> environment, String... command) throws IOException {
    var builder =
        new ProcessBuilder(command).redirectInput(new File("/dev/null")).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().put("XDG_RUNTIME_DIR", folder.toString());
    builder.environment().put("PATH", "/usr/bin:/bin");
    builder.environment().putAll(environment);
    return builder.start();
  }
}
