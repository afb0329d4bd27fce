package dev.sessiontoken.cli;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sessiontoken.cli.command.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchService;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Opening the login page in a browser. */
class BrowserTest extends ProgramTest {

  /** Runs a login with or without a terminal; returns standard error. */
  private static String login(boolean isTerminal, Map<String, String> environment) {
    var err = new ByteArrayOutputStream();
    var terminal =
        new Terminal(
            InputStream.nullInputStream(),
            OutputStream.nullOutputStream(),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            () -> isTerminal,
            () -> false);
    int status =
        new Program(
                terminal,
                environment,
                InstantSource.system(),
                Thread::sleep,
                Path.of("target/image"),
                Path.of("/target/image/bin/coder"))
            .run("external-auth", "login", "gitlab", "-v");
    assertThat(status).isEqualTo(1);
    return err.toString(StandardCharsets.UTF_8);
  }

  /** Waits for the next change; returns whether one came in time. */
  private static boolean isChanged(WatchService changes) throws InterruptedException {
    var key = changes.poll(30, TimeUnit.SECONDS);
    return key != null && key.reset();
  }

  private Map<String, String> with(String... more) {
    var environment = environment(more);
    environment.put("CODER_GIT_AUTH_TIMEOUT", "50ms");
    return environment;
  }

  @Test
  void opensThePageAtATerminal(@TempDir Path folder) throws Exception {
    var seen = folder.resolve("seen");
    String script = "cp /proc/$$/environ " + folder + "/environ; echo >" + seen;
    try (var changes = folder.getFileSystem().newWatchService()) {
      folder.register(changes, ENTRY_CREATE, ENTRY_MODIFY);
      assertThat(login(true, with("BROWSER", script)))
          .contains("open the page by /bin/sh", "Waiting up to 0.05s");
      while (!Files.exists(seen) || Files.size(seen) == 0) {
        assertThat(isChanged(changes)).as("a change of the folder").isTrue();
      }
    }
    assertThat(seen).hasContent(coder.url() + "/external-auth/gitlab\n");
    assertThat(folder.resolve("environ")).content().doesNotContain(coder.agentToken());
  }

  @Test
  void opensNothingWithoutATerminal() {
    assertThat(login(false, with("BROWSER", "true"))).doesNotContain("open the page");
  }

  @Test
  void opensNothingWithCoderNoOpen() {
    assertThat(login(true, with("BROWSER", "true", "CODER_NO_OPEN", "1")))
        .doesNotContain("open the page");
  }

  @Test
  void printsTheUrlWithoutABrowser() {
    assertThat(login(true, with("PATH", "/nonexistent")))
        .contains("Open the following URL to authenticate:", "nobody logged in within 0.05s");
  }
}
