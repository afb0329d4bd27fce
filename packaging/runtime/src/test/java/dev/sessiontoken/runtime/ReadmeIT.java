package dev.sessiontoken.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sessiontoken.testkit.FakeCoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compiles and runs the README's example of the library, unchanged. */
class ReadmeIT {
  private static final String PROGRAM =
      """
      import dev.sessiontoken.client.*;
      import dev.sessiontoken.discovery.*;
      import dev.sessiontoken.http.*;
      import dev.sessiontoken.spi.*;
      import java.net.URI;
      import java.time.Duration;
      import java.util.Map;

      class Example {
        public static void main(String[] args) throws Exception {
          EXAMPLE
        }
      }
      """;

  @Test
  void embedsTheLibrary(@TempDir Path folder) throws Exception {
    try (var coder = FakeCoder.start()) {
      String code =
          example()
              .replace("https://coder.example.com", coder.url().toString())
              .replace("the agent's token", coder.agentToken());
      var source =
          Files.writeString(folder.resolve("Example.java"), PROGRAM.replace("EXAMPLE", code));
      var command =
          List.of(
              System.getProperty("java.home") + "/bin/java",
              "-cp",
              System.getProperty("java.class.path"),
              source.toString());
      assertThat(Image.run(command, Map.of())).isEqualTo(new Image.Result(0, "gho_bananas\n", ""));
    }
  }

  private static String example() throws Exception {
    String readme = Files.readString(Path.of("../../README.md"));
    String fence = "```java\n";
    int start = readme.indexOf(fence) + fence.length();
    return readme.substring(start, readme.indexOf("```", start));
  }
}
