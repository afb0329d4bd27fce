package dev.sessiontoken.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sessiontoken.runtime.Image.Result;
import dev.sessiontoken.testkit.ProviderJar;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What {@code ./dev demo} runs. */
@Timeout(120)
class DemoIT {
  private static final Map<String, String> NONE = Map.of();

  private static List<String> demo(String... arguments) {
    var command =
        new ArrayList<>(
            List.of(
                System.getProperty("java.home") + "/bin/java",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.sessiontoken.demo.Demo",
                Image.folder().toString()));
    command.addAll(List.of(arguments));
    return command;
  }

  @Test
  void aDeploymentThatStaysUpIsUsedByTheLinesThatItPrints() throws Exception {
    var process =
        new ProcessBuilder(demo("--serve", "--tls"))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (var out = process.inputReader()) {
      String script = exports(out) + "coder external-auth access-token github";
      assertThat(script).contains("export CODER_AGENT_URL='https://", "export CODER_CA_FILE=");
      assertThat(Image.run(List.of("/bin/sh", "-c", script), Map.of("PATH", "/usr/bin:/bin")))
          .isEqualTo(new Result(0, "gho_bananas", ""));
      assertThat(process.isAlive()).isTrue();
    } finally {
      process.destroy();
    }
    assertThat(process.waitFor()).isEqualTo(143);
  }

  /** The path is the last line, after which the process waits. */
  private static String exports(BufferedReader out) throws IOException {
    var lines = new StringBuilder();
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      lines.append(line).append('\n');
      if (line.startsWith("export PATH=")) break;
    }
    return lines.toString();
  }

  @Test
  void aDeploymentThatStaysUpTakesNoOtherFlag() throws Exception {
    var result = Image.run(demo("--serve", "--nonsense"), NONE);
    assertThat(result.status()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
  }

  @Test
  void providersOfTheUsersOwnCanBeTried(@TempDir Path folder, @TempDir Path build)
      throws Exception {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    new ProviderJar(build).automatic(folder.resolve("strange.jar"));
    var environment = Map.of("CODER_AUTH_PROVIDER_PATH", folder.toString());
    assertThat(Image.run(demo("--", "auth", "providers"), environment).out()).contains("strange");
  }
}
