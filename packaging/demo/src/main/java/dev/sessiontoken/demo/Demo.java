package dev.sessiontoken.demo;

import dev.sessiontoken.testkit.FakeCoder;
import dev.sessiontoken.testkit.FakeMetadata;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs the built program against a deployment embedded here, as a workspace would. Standard output,
 * standard input and exit status are the program's own.
 */
final class Demo {
  private static final List<String> MAIN_JOB = List.of("external-auth", "access-token", "github");

  private Demo() {}

  /** The arguments are the image's folder and the arguments of {@code ./dev demo}. */
  public static void main(String[] args) throws IOException, InterruptedException {
    var typed = List.of(args).subList(1, args.length);
    if (Serve.isAskedFor(typed)) Serve.run(Path.of(args[0]), typed);
    try (var coder = FakeCoder.start();
        var metadata = FakeMetadata.start(FakeCoder.INSTANCE_ID)) {
      coder.trust(metadata);
      var program = program(Path.of(args[0]), coder, arguments(typed));
      program.environment().putAll(metadata.environment());
      var process = program.start();
      System.exit(process.waitFor());
    }
  }

  /** A whole command line after {@code --}, else flags of the main job. */
  private static List<String> arguments(List<String> typed) {
    if (!typed.isEmpty() && typed.getFirst().equals("--")) return typed.subList(1, typed.size());
    var arguments = new ArrayList<>(MAIN_JOB);
    arguments.addAll(typed);
    return arguments;
  }

  private static ProcessBuilder program(Path image, FakeCoder coder, List<String> arguments) {
    var command = new ArrayList<String>();
    command.add(image.resolve("bin/coder").toString());
    command.addAll(arguments);
    var builder = new ProcessBuilder(command).inheritIO();
    builder.environment().keySet().removeIf(Demo::isOfAnotherDeployment);
    builder.environment().put("CODER_AGENT_URL", coder.url().toString());
    builder.environment().put("CODER_AGENT_TOKEN", coder.agentToken());
    log("an embedded deployment listens at " + coder.url());
    log(
        "the metadata services of EC2, Azure and Google are embedded too: try --auth"
            + " aws-instance-identity");
    log("its providers: github and slack are linked, gitlab wants a login");
    log(
        "CODER_AGENT_URL="
            + coder.url()
            + " CODER_AGENT_TOKEN=… coder "
            + String.join(" ", arguments));
    return builder;
  }

  /** Providers of the user's own may be tried with the demo. */
  private static boolean isOfAnotherDeployment(String variable) {
    return variable.startsWith("CODER_") && !variable.equals("CODER_AUTH_PROVIDER_PATH");
  }

  static void log(String line) {
    System.err.println("demo: " + line);
  }
}
