package dev.sessiontoken.runtime.faults;

import dev.sessiontoken.testkit.raw.RawServer;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs the program of the image against the servers of a row. */
final class Runner {
  /** Grace after a row's limit, so that the report has the real duration; then it is killed. */
  private static final Duration GRACE = Duration.ofSeconds(10);

  private static final Duration LOGGING = Duration.ofSeconds(2);

  private final Surroundings peers;
  private final Path program;

  Runner(Surroundings peers, Path program) {
    this.peers = peers;
    this.program = program;
  }

  /** Runs one variant of a row; returns its failures, empty if the row holds. */
  List<String> run(Row row, int variant) throws Exception {
    return Verdict.of(row, outcome(row, variant), peers.secrets());
  }

  private Outcome outcome(Row row, int variant) throws Exception {
    if (row.server().isEmpty()) return outcome(row, Optional.empty());
    try (var server = peers.start(row.server().get(), variant)) {
      return outcome(row, Optional.of(server));
    }
  }

  private Outcome outcome(Row row, Optional<RawServer> server) throws Exception {
    String token = UUID.randomUUID().toString();
    peers.coder().addAgent("i-of-the-matrix", token, token);
    long start = System.nanoTime();
    var process = start(command(row, server), environment(row, server, token));
    try (var readers = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<byte[]> out = readers.submit(() -> process.getInputStream().readAllBytes());
      Future<String> err = readers.submit(() -> read(process.errorReader(), row, server));
      boolean hung = !process.waitFor(row.expected().atMost().plus(GRACE));
      if (hung) process.destroyForcibly();
      var took = Duration.ofNanos(System.nanoTime() - start);
      String printed = new String(out.get(), java.nio.charset.StandardCharsets.UTF_8);
      int exit = process.waitFor();
      return new Outcome(
          exit, printed, err.get(), took, requests(row, server, token), headers(token), token);
    }
  }

  private static String read(BufferedReader err, Row row, Optional<RawServer> server)
      throws IOException {
    String sign = row.server().map(Row.Server::opensAfter).orElse("");
    var text = new StringBuilder();
    for (String line = err.readLine(); line != null; line = err.readLine()) {
      text.append(line).append('\n');
      if (!sign.isEmpty() && line.contains(sign)) server.ifPresent(RawServer::listen);
    }
    return text.toString();
  }

  private List<String> command(Row row, Optional<RawServer> server) {
    var command = new ArrayList<String>();
    command.add(program.toString());
    command.addAll(List.of("external-auth", "access-token", "github"));
    for (String flag : row.flags()) command.add(resolve(flag, server));
    return command;
  }

  Map<String, String> environment(Row row, Optional<RawServer> server, String token) {
    var environment = new HashMap<String, String>();
    environment.put("PATH", "/usr/bin:/bin");
    environment.put("CODER_AGENT_URL", resolve(row.url(), server));
    environment.put("CODER_AGENT_TOKEN", token);
    environment.put("SSL_CERT_FILE", peers.resolve("{root.pem}"));
    row.environment().forEach((name, value) -> environment.put(name, resolve(value, server)));
    environment.values().removeIf(String::isEmpty);
    return environment;
  }

  String resolve(String text, Optional<RawServer> server) {
    String own = server.map(RawServer::address).orElse("");
    String port = own.substring(own.indexOf(':') + 1);
    return peers.resolve(text.replace("{server}", own).replace("{server:port}", port));
  }

  private static Process start(List<String> command, Map<String, String> environment)
      throws IOException {
    var builder = new ProcessBuilder(command).redirectInput(new File("/dev/null"));
    builder.environment().clear();
    builder.environment().putAll(environment);
    return builder.start();
  }

  /** Nginx writes its log after the answer: waits up to 2 s for the expected number. */
  private long requests(Row row, Optional<RawServer> server, String token)
      throws IOException, InterruptedException {
    if (server.isPresent()) return server.get().requests().size();
    if (!row.names().stream().anyMatch(name -> name.matches("(nginx|chain)-.*"))) {
      return seen(token).size();
    }
    long end = System.nanoTime() + LOGGING.toNanos();
    while (peers.requests(token) < row.expected().requests() && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    return peers.requests(token);
  }

  private List<dev.sessiontoken.testkit.SeenRequest> seen(String token) {
    return peers.coder().requests().stream()
        .filter(request -> request.sessionToken().equals(Optional.of(token)))
        .toList();
  }

  private List<Map<String, List<String>>> headers(String token) {
    return seen(token).stream().map(dev.sessiontoken.testkit.SeenRequest::headers).toList();
  }
}
