package dev.sessiontoken.demo;

import dev.sessiontoken.demo.dropin.FixedToken;
import dev.sessiontoken.testkit.FakeCoder;
import dev.sessiontoken.testkit.FakeMetadata;
import dev.sessiontoken.testkit.ProviderJar;
import dev.sessiontoken.testkit.tls.ServerChain;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Servers of {@code packaging/demo/bench}: deployments over HTTP and HTTPS, and EC2's metadata
 * service. Prints the variables to reach them as one line of JSON, and ends when standard input
 * ends.
 */
final class BenchServers {
  private BenchServers() {}

  /** The argument is the folder to write the authorities' certificates to. */
  public static void main(String[] args) throws IOException {
    var folder = Path.of(args[0]);
    var ec = ServerChain.p256();
    var rsa = ServerChain.rsa();
    ec.writeAuthority(folder.resolve("EC.pem"));
    rsa.writeAuthority(folder.resolve("RSA.pem"));
    var likePublic = ServerChain.likePublicAuthorities();
    likePublic.writeAuthority(folder.resolve("public.pem"));
    try (var plain = FakeCoder.start();
        var metadata = FakeMetadata.start(FakeCoder.INSTANCE_ID);
        var tls = FakeCoder.start(ec.serverContext());
        var tlsRsa = FakeCoder.start(rsa.serverContext());
        var tlsPublic = FakeCoder.start(likePublic.serverContext());
        var front = new TlsFront(ec.serverContext(), "TLSv1.3", plain)) {
      plain.trust(metadata);
      tlsPublic.configure(
          new FakeCoder.Integration(
              "git", "github", "localhost", Optional.of("gho_git"), Optional.empty()));
      var providers = Files.createDirectories(folder.resolve("providers"));
      ProviderJar.pack(providers.resolve("fixed.jar"), new FixedToken());
      var machine = Json.createObjectBuilder().add("CODER_AGENT_URL", plain.url().toString());
      metadata.environment().forEach(machine::add);
      System.out.println(
          Json.createObjectBuilder()
              .add("http", agent(plain.url(), plain))
              .add(
                  "http-jar",
                  agent(plain.url(), plain)
                      .add("FIXED_TOKEN", plain.agentToken())
                      .add("CODER_AUTH_PROVIDER_PATH", providers.toString()))
              .add("https-p256", agent(tls.url(), tls))
              .add("https-rsa", agent(tlsRsa.url(), tlsRsa))
              .add("https-public", agent(tlsPublic.url(), tlsPublic))
              .add("https-h2", agent(front.url(), plain))
              .add("aws", machine)
              .build());
      System.in.read();
    }
  }

  private static JsonObjectBuilder agent(URI deployment, FakeCoder coder) {
    return Json.createObjectBuilder()
        .add("CODER_AGENT_URL", deployment.toString())
        .add("CODER_AGENT_TOKEN", coder.agentToken());
  }
}
