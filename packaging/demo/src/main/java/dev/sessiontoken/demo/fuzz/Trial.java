package dev.sessiontoken.demo.fuzz;

import dev.sessiontoken.testkit.raw.RawServer;
import dev.sessiontoken.testkit.raw.Script;
import dev.sessiontoken.testkit.tls.ServerChain;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Runs the program as a case says.
 *
 * @param program to run
 * @param chain certificates of deployments that speak HTTP/2
 * @param authority file of the authority of that chain
 */
record Trial(Path program, ServerChain chain, Path authority) {
  /** Longer than any time limit of a case, and than a busy machine takes for the rest. */
  static final Duration LIMIT = Duration.ofSeconds(20);

  /** What a run left behind. The texts are UTF-8 of the program, decoded. */
  record Result(int status, String out, String err, Duration took, boolean isOver) {}

  /** Runs the program and waits for its end, or kills it after the limit. */
  Result run(Case each) throws IOException, InterruptedException {
    if (each.kind() == Case.Kind.FRAMES) {
      try (var deployment = new Http2Server(chain.serverContext(), each.answer())) {
        return run(each, deployment.url().toString());
      }
    }
    try (var deployment = RawServer.start(Script.sends(each.answer()))) {
      return run(each, deployment.url().toString());
    }
  }

  private Result run(Case each, String url) throws IOException, InterruptedException {
    var process = start(each, url);
    long started = System.nanoTime();
    var out = reading(process.getInputStream());
    var err = reading(process.getErrorStream());
    write(each.input(), process);
    boolean isOver = process.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    if (!isOver) process.destroyForcibly().waitFor();
    var took = Duration.ofNanos(System.nanoTime() - started);
    return new Result(process.exitValue(), out.join(), err.join(), took, isOver);
  }

  private Process start(Case each, String url) throws IOException {
    var command = new ArrayList<String>();
    command.add(program.toString());
    command.addAll(each.arguments());
    var builder = new ProcessBuilder(command);
    builder.environment().clear();
    builder.environment().put("CODER_AGENT_URL", url);
    if (url.startsWith("https:")) {
      builder.environment().put("CODER_CA_FILE", authority.toString());
    }
    builder.environment().putAll(each.environment());
    return builder.start();
  }

  private static CompletableFuture<String> reading(InputStream stream) {
    var text = new CompletableFuture<String>();
    Thread.ofVirtual()
        .start(() -> {
          try {
            text.complete(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
          } catch (IOException e) {
            text.completeExceptionally(new UncheckedIOException(e));
          }
        });
    return text;
  }

  private static void write(String input, Process process) {
    try (var in = process.getOutputStream()) {
      in.write(input.getBytes(StandardCharsets.ISO_8859_1));
    } catch (IOException _) {
      // the program has ended without reading it all
    }
  }
}
