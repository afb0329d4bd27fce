package dev.sessiontoken.cli;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

/** A hosts map in the environment, and files with the bytes that tools expect. */
abstract class ToolTest extends ProgramTest {
  private static final String HOSTS =
      "ghcr.io github; gitlab.test gitlab; slack.test slack user=me header=Bearer;"
          + "unknown.test nonsense; jfrog.test jfrog user=@sub";

  @TempDir Path home;

  /** Bytes of an answer, from a file of the test's resources. */
  static String golden(String name) throws Exception {
    return Files.readString(Path.of("src/test/resources/protocols", name));
  }

  final Map<String, String> tools(String... more) {
    var environment = new HashMap<>(environment("CODER_HOSTS", HOSTS, "HOME", home.toString()));
    for (int i = 0; i < more.length; i += 2) environment.put(more[i], more[i + 1]);
    return environment;
  }

  /** A token without signature, with the claim {@code sub}. */
  static String jwt(String subject) {
    String claims = "{\"sub\":\"" + subject + "\"}";
    return "e30."
        + Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(claims.getBytes(StandardCharsets.UTF_8))
        + ".c2ln";
  }
}
