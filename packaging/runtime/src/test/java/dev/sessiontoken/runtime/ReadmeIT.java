package dev.sessiontoken.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sessiontoken.testkit.FakeCoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compiles and runs the README's program with the library, unchanged. */
class ReadmeIT {

  @Test
  void embedsTheLibrary(@TempDir Path folder) throws Exception {
    var source = Files.writeString(folder.resolve("Readme.java"), program());
    var command =
        List.of(
            System.getProperty("java.home") + "/bin/java",
            "-cp",
            System.getProperty("java.class.path"),
            source.toString());
    try (var coder = FakeCoder.start()) {
      var environment =
          Map.of(
              "CODER_AGENT_URL", coder.url().toString(), "CODER_AGENT_TOKEN", coder.agentToken());
      assertThat(Image.run(command, environment))
          .isEqualTo(new Image.Result(0, "gho_bananas\n", ""));
    }
  }

  private static String program() throws Exception {
    String readme = Files.readString(Path.of("../../README.md"));
    String fence = "```java\n";
    int start = readme.indexOf(fence) + fence.length();
    return readme.substring(start, readme.indexOf("```", start));
  }
}
