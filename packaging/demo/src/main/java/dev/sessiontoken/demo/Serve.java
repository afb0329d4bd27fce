package dev.sessiontoken.demo;

import dev.sessiontoken.testkit.FakeCoder;
import dev.sessiontoken.testkit.FakeMetadata;
import dev.sessiontoken.testkit.tls.ServerChain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;

/**
 * Keeps an embedded deployment up until the process is ended, and prints the lines by which a shell
 * uses it: {@code ./dev demo --serve}.
 */
final class Serve {
  private Serve() {}

  /** Whether these arguments of the demo ask for it. */
  static boolean isAskedFor(List<String> arguments) {
    return arguments.contains("--serve") && !arguments.getFirst().equals("--");
  }

  /**
   * Serves until the process is ended. Blocks.
   *
   * @param image folder of the image, for the shell's path
   * @param arguments {@code --serve}, and {@code --tls} for a deployment that speaks HTTPS
   */
  static void run(Path image, List<String> arguments) throws IOException, InterruptedException {
    if (!List.of("--serve", "--tls").containsAll(arguments)) {
      Demo.log("--serve takes --tls, and nothing else");
      System.exit(2);
    }
    if (arguments.contains("--tls")) serveTls(image);
    else serve(image, FakeCoder.start(), Map.of());
  }

  private static void serveTls(Path image) throws IOException, InterruptedException {
    var chain = ServerChain.p256();
    var authority = Files.createTempFile("sessiontoken-demo", ".pem");
    authority.toFile().deleteOnExit();
    chain.writeAuthority(authority);
    serve(
        image,
        FakeCoder.start(chain.serverContext()),
        Map.of("CODER_CA_FILE", authority.toString()));
  }

  private static void serve(Path image, FakeCoder coder, Map<String, String> more)
      throws InterruptedException {
    try (coder;
        var metadata = FakeMetadata.start(FakeCoder.INSTANCE_ID)) {
      coder.trust(metadata);
      var variables = new LinkedHashMap<String, String>();
      variables.put("CODER_AGENT_URL", coder.url().toString());
      variables.put("CODER_AGENT_TOKEN", coder.agentToken());
      variables.putAll(more);
      variables.putAll(new TreeMap<>(metadata.environment()));
      variables.forEach(
          (name, value) -> System.out.println("export " + name + "=" + quoted(value)));
      String programs = image.toAbsolutePath().resolve("bin").toString();
      System.out.println("export PATH=" + quoted(programs) + ":\"$PATH\"");
      System.out.flush();
      Demo.log(
          "an embedded deployment listens until Ctrl-C; run the lines above in another shell,");
      Demo.log("then try: coder external-auth access-token github");
      new CountDownLatch(1).await();
    }
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
