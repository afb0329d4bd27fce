package dev.sessiontoken.runtime.faults;

import dev.sessiontoken.runtime.Programs;
import dev.sessiontoken.testkit.raw.RawServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs {@code curl --silent --fail} with the settings of a row, for comparison. */
final class Curl {
  private static final String NONE = "—";
  private static final Map<String, String> FLAGS =
      Map.of(
          "--ca-file", "--cacert",
          "--client-cert-file", "--cert",
          "--client-key-file", "--key",
          "--header", "--header");
  private static final Map<String, String> VARIABLES =
      Map.of(
          "CODER_CA_FILE", "--cacert",
          "CODER_CLIENT_TLS_CERT_FILE", "--cert",
          "CODER_CLIENT_TLS_KEY_FILE", "--key");

  private final Peers peers;
  private final Runner runner;

  Curl(Peers peers) {
    this.peers = peers;
    this.runner = new Runner(peers, java.nio.file.Path.of("curl"));
  }

  /** Exit code of curl, with the status of the answer if curl got one. */
  String answer(Row row) {
    boolean isOurs =
        row.group().equals("headers")
            || row.group().equals("network namespace")
            || row.variants() > 1
            || row.server().filter(own -> !own.opensAfter().isEmpty()).isPresent()
            || row.names().stream().anyMatch(name -> Peers.missingFor(name).isPresent());
    if (isOurs || !Programs.isThere("curl")) return NONE;
    try {
      if (row.server().isEmpty()) return ask(row, Optional.empty());
      try (var server = peers.start(row.server().get(), 0)) {
        return ask(row, Optional.of(server));
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return NONE;
    }
  }

  private String ask(Row row, Optional<RawServer> server) throws IOException, InterruptedException {
    var environment = runner.environment(row, server, "00000000-0000-4000-8000-000000000000");
    var builder = new ProcessBuilder(command(row, environment, server));
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    var process = builder.start();
    String status =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .replaceFirst("^0+$", "");
    return process.waitFor() + (status.isEmpty() ? "" : ", HTTP " + status);
  }

  private List<String> command(
      Row row, Map<String, String> environment, Optional<RawServer> server) {
    var command = new ArrayList<>(List.of("curl", "--silent", "--fail", "--max-filesize"));
    command.addAll(List.of("1048576", "--output", "/dev/null", "--write-out", "%{http_code}"));
    for (int i = 0; i + 1 < row.flags().size(); i++) {
      String flag = row.flags().get(i);
      if (!FLAGS.containsKey(flag)) continue;
      command.add(FLAGS.getOrDefault(flag, flag));
      command.add(runner.resolve(row.flags().get(i + 1), server));
    }
    VARIABLES.forEach((variable, flag) -> {
      String value = environment.get(variable);
      if (value != null && !command.contains(flag)) command.addAll(List.of(flag, value));
    });
    // Without a password for the client key, curl would prompt on the terminal
    command.addAll(List.of("--max-time", "3", "--pass", "none"));
    command.addAll(
        List.of(
            "--header",
            "Coder-Session-Token: " + peers.coder().agentToken(),
            environment.get("CODER_AGENT_URL")
                + "/api/v2/workspaceagents/me/external-auth?id=github&match="));
    return command;
  }
}
