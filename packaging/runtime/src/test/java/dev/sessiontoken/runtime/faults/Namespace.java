package dev.sessiontoken.runtime.faults;

import dev.sessiontoken.runtime.Ports;
import dev.sessiontoken.runtime.Programs;
import dev.sessiontoken.testkit.FakeCoder;
import dev.sessiontoken.testkit.FakeMetadata;
import dev.sessiontoken.testkit.raw.RawServer;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;

/**
 * A network namespace of the test's own. A second JVM runs in it, with fakes at the addresses of
 * the real services, and prints a line for each row: title, tab, failures.
 */
final class Namespace implements Surroundings {
  private static final int AT_ONCE = 2; // beside the rows that run outside the namespace
  private static final String SET_UP =
      """
      ip link set lo up && ip addr add 169.254.169.254/32 dev lo || exit 1
      printf '127.0.0.1 localhost two.test\\n127.0.0.2 two.test six.test\\n' > "$1"
      printf '2001:db8::1 six.test\\n' >> "$1"
      printf 'nameserver 127.0.0.53\\n' > "$2"
      mount --bind "$1" /etc/hosts && mount --bind "$2" /etc/resolv.conf || exit 1
      shift 2
      exec "$@"
      """;

  private final FakeCoder coder = FakeCoder.start();
  private final FakeMetadata metadata = FakeMetadata.start(FakeCoder.INSTANCE_ID);
  private final Relay relay;
  private final Relay second;
  private final Relay beyond;
  private final NameServer names = new NameServer("127.0.0.53");
  private final BlackHole hole;
  private final int secondPort = Ports.free();
  private final int holePort = Ports.free();

  private Namespace() throws IOException {
    coder.trust(metadata);
    relay = new Relay(InetAddress.getByName("169.254.169.254"), 80, metadata.url().getPort());
    var other = InetAddress.getByName("127.0.0.2");
    second = new Relay(other, secondPort, coder.url().getPort());
    beyond = new Relay(other, holePort, coder.url().getPort());
    hole = new BlackHole("127.0.0.1", holePort);
  }

  /** Why this machine cannot create a network namespace; empty if it can. */
  static Optional<String> missing() {
    var missing = Programs.missing("unshare").or(() -> Programs.missing("ip"));
    return missing.isPresent() || isAllowed()
        ? missing
        : Optional.of("this machine allows no network namespaces: they need root");
  }

  private static boolean isAllowed() {
    try {
      String attempt = "ip link set lo up && mount --bind /etc/hosts /etc/hosts";
      var command = List.of("unshare", "--net", "--mount", "sh", "-c", attempt);
      return new ProcessBuilder(command).start().waitFor() == 0;
    } catch (IOException _) {
      return false;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Runs {@link NamespaceRows}; returns the failures by the titles of the rows. */
  static Map<String, String> run(Path program, Path folder)
      throws IOException, InterruptedException {
    var command =
        List.of(
            "unshare",
            "--net",
            "--mount",
            "sh",
            "-c",
            SET_UP,
            "sh",
            folder.resolve("namespace-hosts").toString(),
            folder.resolve("namespace-dns").toString(),
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Namespace.class.getName(),
            program.toString());
    java.nio.file.Files.writeString(folder.resolve("namespace-dns"), "");
    var process =
        new ProcessBuilder(command)
            .redirectInput(new File("/dev/null"))
            .redirectError(folder.resolve("namespace.err").toFile())
            .start();
    var results = new HashMap<String, String>();
    for (String line : process.inputReader(StandardCharsets.UTF_8).lines().toList()) {
      int tab = line.indexOf('\t');
      if (tab > 0) results.put(line.substring(0, tab), line.substring(tab + 1));
    }
    process.waitFor(Duration.ofSeconds(10));
    process.destroyForcibly();
    String errors = java.nio.file.Files.readString(folder.resolve("namespace.err"));
    for (var row : NamespaceRows.rows()) results.putIfAbsent(row.title(), "was not run: " + errors);
    return results;
  }

  /** Entry point of the second JVM. */
  public static void main(String[] args) throws Exception {
    try (var here = new Namespace();
        var workers = Executors.newFixedThreadPool(AT_ONCE)) {
      var runner = new Runner(here, Path.of(args[0]));
      var reports =
          NamespaceRows.rows().stream()
              .map(row -> (Callable<Void>) () -> here.report(runner, row))
              .toList();
      for (var report : workers.invokeAll(reports)) report.get();
    }
    System.exit(0); // threads of the fakes would keep the JVM running
  }

  private Void report(Runner runner, Row row) throws Exception {
    String text = String.join(" / ", runner.run(row, 0)) + leaks();
    System.out.println(row.title() + "\t" + text.replace('\n', ' '));
    return null;
  }

  private String leaks() {
    boolean isLeaking =
        metadata.requests().stream()
            .anyMatch(request ->
                request.header("x-team").isPresent()
                    || request.sessionToken().isPresent()
                    || request.header("proxy-authorization").isPresent());
    return isLeaking ? " / the metadata service got a header or token of the deployment" : "";
  }

  @Override
  public String resolve(String text) {
    var url = coder.url();
    return text.replace("{deployment}", url.getAuthority())
        .replace("{second:port}", String.valueOf(secondPort))
        .replace("{hole:port}", String.valueOf(holePort))
        .replace("{dead}", "127.0.0.1:1")
        .replace("{root.pem}", "");
  }

  @Override
  public RawServer start(Row.Server server, int variant) throws IOException {
    return RawServer.start(server.script().apply(variant));
  }

  @Override
  public FakeCoder coder() {
    return coder;
  }

  @Override
  public long requests(String agentToken) {
    return 0;
  }

  @Override
  public List<String> secrets() {
    return List.of("hunter2", Row.TOKEN, coder.agentToken(), "eyJ", "MII");
  }

  @Override
  public void close() throws IOException {
    relay.close();
    second.close();
    beyond.close();
    hole.close();
    names.close();
    metadata.close();
    coder.close();
  }
}
