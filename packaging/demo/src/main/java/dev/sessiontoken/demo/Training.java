package dev.sessiontoken.demo;

import dev.sessiontoken.demo.dropin.FixedToken;
import dev.sessiontoken.testkit.FakeCoder;
import dev.sessiontoken.testkit.FakeMetadata;
import dev.sessiontoken.testkit.ProviderJar;
import dev.sessiontoken.testkit.tls.ServerChain;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Records the image's AOT caches from the calls that users make: the main job over HTTP and HTTPS,
 * the commands that git runs, a login that is due, and errors. Loading a class from a cache costs
 * microseconds in every call that uses the cache, so calls without TLS have a cache of their own.
 * The most frequent calls come first, because the order changes which classes of the JDK are
 * recorded: TLS before the first answer in JSON uses other loggers than TLS after it.
 */
final class Training {
  private static final String DEPLOYMENT = "CODER_AGENT_URL";
  private static final String JARS = "CODER_AUTH_PROVIDER_PATH";

  /** A request of cargo; a hosts map names the host. */
  private static final String CARGO =
      "{\"v\":1,\"kind\":\"get\",\"registry\":{\"index-url\":\"sparse+https://ghcr.io\"}}";

  private Training() {}

  /** The argument is the image's folder. */
  public static void main(String[] args) throws IOException, InterruptedException {
    var image = Path.of(args[0]);
    var scratch = Files.createTempDirectory("sessiontoken-training");
    var ec = ServerChain.p256();
    var rsa = ServerChain.rsa();
    var ecAuthority = scratch.resolve("ec.pem");
    ec.writeAuthority(ecAuthority);
    var rsaAuthority = scratch.resolve("rsa.pem");
    rsa.writeAuthority(rsaAuthority);
    var providers = Files.createDirectory(scratch.resolve("providers"));
    var jar = providers.resolve("fixed.jar");
    ProviderJar.pack(jar, new FixedToken());
    try (var plain = FakeCoder.start();
        var metadata = FakeMetadata.start(FakeCoder.INSTANCE_ID);
        var tls = new TlsFront(ec.serverContext(), "TLSv1.3", plain);
        var tls12 = new TlsFront(ec.serverContext(), "TLSv1.2", plain);
        var tlsRsa = FakeCoder.start(rsa.serverContext())) {
      plain.trust(metadata);
      var inTheClear = named(plain.url());
      var lines = new ArrayList<String>();
      lines.addAll(jobs(inTheClear, plain, ""));
      lines.addAll(identities(inTheClear, metadata));
      lines.addAll(
          List.of("0 --help", "0 external-auth access-token --help", "0 version", "2 nonsense"));
      record(image, "coder-http.aot", Map.of(DEPLOYMENT, inTheClear.toString()), lines);
      var encrypted = new ArrayList<String>();
      encrypted.addAll(jobs(tls.url(), plain, " --ca-file " + ecAuthority));
      encrypted.addAll(jobs(tls12.url(), plain, " --ca-file " + ecAuthority));
      encrypted.addAll(jobs(named(tlsRsa.url()), tlsRsa, " --ca-file " + rsaAuthority));
      encrypted.addAll(rarities(tls.url(), plain, " --ca-file " + ecAuthority));
      encrypted.add(dropIn(tls.url(), plain, " --ca-file " + ecAuthority));
      encrypted.addAll(lines);
      var jars = Map.of(DEPLOYMENT, tls.url().toString(), JARS, providers.toString());
      record(image, "coder.aot", jars, encrypted);
    } finally {
      for (var each : List.of(ecAuthority, rsaAuthority, jar, providers, scratch)) {
        Files.deleteIfExists(each);
      }
    }
  }

  /** URL of the same server with the host name {@code localhost}: deployments have host names. */
  private static URI named(URI loopback) {
    return URI.create(loopback.getScheme() + "://localhost:" + loopback.getPort());
  }

  private static List<String> jobs(URI deployment, FakeCoder coder, String more) {
    String agent = " --agent-url " + deployment + " --agent-token " + coder.agentToken() + more;
    return List.of(
        "0 external-auth access-token github" + agent,
        "1 external-auth access-token gitlab" + agent,
        "0 external-auth access-token github -v" + agent,
        "5 external-auth access-token nonsense" + agent,
        "0 gitaskpass Username\tfor\t'https://github.com':"
            + agent, // tabs, because spaces separate the arguments of this line
        "0 gitaskpass Password\tfor\t'https://x-access-token@github.com':" + agent,
        "1 gitaskpass Username\tfor\t'https://gitlab.com': --login-timeout 0" + agent,
        "0 git-credential get" + agent,
        "0 docker-credential get <ghcr.io" + agent,
        "1 docker-credential get <docker.io" + agent);
  }

  /** Calls that are rarer, each with many classes that other calls do not load. */
  private static List<String> rarities(URI deployment, FakeCoder coder, String more) {
    String agent = " --agent-url " + deployment + " --agent-token " + coder.agentToken() + more;
    return List.of(
        "0 external-auth access-token slack --extra authed_user.id" + agent,
        "0 kube-credential github" + agent,
        "0 goauth https://ghcr.io" + agent,
        "0 cargo-credential --cargo-plugin <" + CARGO + agent,
        "0 keyring" + agent + " -- get ghcr.io me",
        "0 terraform-credentials get ghcr.io" + agent,
        "0 credential-helper get <{\"uri\":\"https://ghcr.io\"}" + agent,
        "0 pnpm-token github" + agent,
        "- gitssh" + agent + " -- -V"); // ssh prints its version, if it is installed
  }

  private static String dropIn(URI deployment, FakeCoder coder, String more) {
    String option = " --auth-option value=" + coder.agentToken();
    return "0 external-auth access-token github --agent-url "
        + deployment
        + " --auth fixed"
        + option
        + more;
  }

  private static List<String> identities(URI deployment, FakeMetadata metadata) {
    String job = "0 external-auth access-token github --agent-url " + deployment + " --auth ";
    return List.of(
        job + "aws-instance-identity --auth-option metadata-endpoint=" + metadata.url(),
        job + "azure-instance-identity --auth-option metadata-endpoint=" + metadata.url(),
        job
            + "google-instance-identity --auth-option metadata-host="
            + metadata.url().getAuthority());
  }

  private static void record(
      Path image, String name, Map<String, String> environment, List<String> lines)
      throws IOException, InterruptedException {
    var cache = image.resolve("lib").resolve(name);
    var log = Files.createTempFile("sessiontoken-training", ".log");
    var builder =
        new ProcessBuilder(
                image.resolve("bin/java").toString(),
                "-XX:AOTCacheOutput=" + cache,
                "-m",
                "dev.sessiontoken.cli/dev.sessiontoken.cli.TrainingRun")
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder.environment().put("CODER_HOSTS", "ghcr.io github");
    var process = builder.start();
    try (var in = process.getOutputStream()) {
      in.write(String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
    } catch (IOException _) {
      // the program ended before it had read all input: its status and output give the reason
    }
    int status = process.waitFor();
    String wrote = Files.readString(log);
    Files.delete(log);
    if (status != 0 || !Files.exists(cache)) {
      throw new IllegalStateException(
          "the training run for %s ended with status %d and wrote:%n%s"
              .formatted(name, status, wrote));
    }
  }
}
