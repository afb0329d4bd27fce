package dev.sessiontoken.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sessiontoken.testkit.FakeCoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs each shell block of docs/helpers.md with the image's {@code coder}, and with a stub in the
 * place of each tool: the tools themselves are in {@link ToolsIT}.
 */
class HelpersPageIT {
  private static final List<String> TOOLS =
      List.of("docker", "kubectl", "go", "pip", "bazel", "gh", "make", "nightly");

  private final FakeCoder coder = FakeCoder.start();

  @TempDir private Path home;

  static Stream<String> blocks() throws Exception {
    var blocks = new ArrayList<String>();
    String page = Files.readString(Path.of("../../docs/helpers.md"));
    for (String part : page.split("```sh\n", -1)) blocks.add(part.split("```", -1)[0]);
    return blocks.stream().skip(1);
  }

  @BeforeEach
  void start() throws Exception {
    coder.configure(
        new FakeCoder.Integration("jfrog", "jfrog", "", Optional.of("t"), Optional.empty()));
    for (String tool : TOOLS) {
      var stub = Files.writeString(home.resolve(tool), "#!/bin/sh\nexit 0\n");
      assertThat(stub.toFile().setExecutable(true)).isTrue();
    }
  }

  @AfterEach
  void stop() {
    coder.close();
  }

  @ParameterizedTest
  @MethodSource("blocks")
  void runs(String block) throws Exception {
    var environment = new HashMap<String, String>();
    environment.put("HOME", home.toString());
    environment.put("PATH", home + ":" + Image.program().getParent() + ":" + Programs.PATH);
    environment.put("CODER_AGENT_URL", coder.url().toString());
    environment.put("CODER_AGENT_TOKEN", coder.agentToken());
    String script =
        "cd "
            + home
            + "\n"
            + block.replace("PROVIDER", "github").replace("/opt/sessiontoken", image());
    var result = Image.run(List.of("sh", "-eu", "-c", script), environment);
    assertThat(result.status()).as(result.err()).isZero();
  }

  private static String image() {
    return Image.folder().toAbsolutePath().toString();
  }

  @Test
  void namesEachHelper() throws Exception {
    String page = Files.readString(Path.of("../../docs/helpers.md"));
    var words =
        Image.run(Map.of(), "--help")
            .out()
            .lines()
            .map(String::strip)
            .filter(line ->
                line.matches(
                    "(.*-credentials?|credential-helper|goauth|keyring|exec|hosts|pnpm-token)"))
            .filter(line -> !line.startsWith("git-"))
            .toList();
    assertThat(words).hasSizeGreaterThan(8);
    for (String each : words) assertThat(page).contains(each);
  }
}
