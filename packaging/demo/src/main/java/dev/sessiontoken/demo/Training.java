package dev.sessiontoken.demo;

import dev.sessiontoken.testkit.FakeCoder;
import dev.sessiontoken.testkit.FakeMetadata;
import dev.sessiontoken.testkit.TestCertificates;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Records the image's AOT cache from what users do: the main job over HTTP and HTTPS, what git
 * calls, a login that is due, and errors.
 */
final class Training {
  private Training() {}

  /** Takes the image's folder and the file to write. */
  public static void main(String[] args) throws IOException, InterruptedException {
    var image = Path.of(args[0]);
    var cache = Path.of(args[1]);
    var scratch = Files.createTempDirectory("sessiontoken-training");
    var certificates = new TestCertificates("EC");
    var rsa = new TestCertificates("RSA");
    var authorities = scratch.resolve("authority.pem");
    certificates.writeAuthority(authorities);
    var rsaAuthorities = scratch.resolve("rsa-authority.pem");
    rsa.writeAuthority(rsaAuthorities);
    try (var plain = FakeCoder.start();
        var metadata = FakeMetadata.start(FakeCoder.INSTANCE_ID);
        var tls = FakeCoder.start(certificates.serverContext());
        var tlsRsa = FakeCoder.start(rsa.serverContext())) {
      var lines = new ArrayList<String>();
      plain.trust(metadata);
      lines.addAll(jobs(plain, ""));
      lines.addAll(identities(plain, metadata));
      lines.addAll(jobs(tls, " --ca-file " + authorities));
      lines.addAll(jobs(tlsRsa, " --ca-file " + rsaAuthorities));
      lines.addAll(List.of("--help", "external-auth access-token --help", "version", "nonsense"));
      record(image, cache, lines);
    } finally {
      Files.deleteIfExists(authorities);
      Files.deleteIfExists(rsaAuthorities);
      Files.deleteIfExists(scratch);
    }
  }

  private static List<String> jobs(FakeCoder coder, String more) {
    String agent = " --agent-url " + coder.url() + " --agent-token " + coder.agentToken() + more;
    return List.of(
        "external-auth access-token github" + agent,
        "external-auth access-token gitlab" + agent,
        "external-auth access-token slack --extra authed_user.id -v" + agent,
        "external-auth access-token nonsense" + agent,
        "gitaskpass Username\tfor\t'https://github.com':" + agent, // a blank would part the line
        "gitaskpass Password\tfor\t'https://x-access-token@github.com':" + agent,
        "gitaskpass Username\tfor\t'https://gitlab.com': --login-timeout 0" + agent,
        "git-credential get" + agent,
        "gitssh" + agent + " -- -V"); // ssh says its version instead of connecting
  }

  private static List<String> identities(FakeCoder coder, FakeMetadata metadata) {
    String job = "external-auth access-token github --agent-url " + coder.url() + " --auth ";
    return List.of(
        job + "aws-instance-identity --auth-option metadata-endpoint=" + metadata.url(),
        job + "azure-instance-identity --auth-option metadata-endpoint=" + metadata.url(),
        job
            + "google-instance-identity --auth-option metadata-host="
            + metadata.url().getAuthority());
  }

  private static void record(Path image, Path cache, List<String> lines)
      throws IOException, InterruptedException {
    var builder =
        new ProcessBuilder(
                image.resolve("bin/java").toString(),
                "-XX:AOTCacheOutput=" + cache,
                "-m",
                "dev.sessiontoken.cli/dev.sessiontoken.cli.Rehearsal")
            .redirectOutput(ProcessBuilder.Redirect.INHERIT)
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().clear();
    var process = builder.start();
    try (var in = process.getOutputStream()) {
      in.write(String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
    }
    int status = process.waitFor();
    if (status != 0 || !Files.exists(cache)) {
      throw new IllegalStateException("the training run ended with status " + status);
    }
  }
}
