package dev.sessiontoken.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sessiontoken.testkit.FakeCoder;
import dev.sessiontoken.testkit.Fault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prints tokens with the built image. Outputs are compared byte for byte. */
class MainJobIT {
  private final FakeCoder coder = FakeCoder.start();
  private Map<String, String> environment = Map.of();

  @BeforeEach
  void setUrlAndToken() {
    environment =
        Map.of("CODER_AGENT_URL", coder.url().toString(), "CODER_AGENT_TOKEN", coder.agentToken());
  }

  @AfterEach
  void stop() {
    coder.close();
  }

  @Test
  void printsTheTokenWithoutALineEnd() throws Exception {
    assertThat(Image.run(environment, "external-auth", "access-token", "github"))
        .isEqualTo(new Image.Result(0, "gho_bananas", ""));
  }

  @Test
  void printsTheUrlWhenTheUserMustLogIn() throws Exception {
    assertThat(Image.run(environment, "external-auth", "access-token", "gitlab"))
        .isEqualTo(new Image.Result(1, coder.url() + "/external-auth/gitlab", ""));
  }

  @Test
  void printsAnExtraFieldWithAllItsDigits() throws Exception {
    assertThat(
            Image.run(
                environment,
                "external-auth",
                "access-token",
                "--extra=authed_user.number",
                "slack"))
        .isEqualTo(new Image.Result(0, "9007199254740993", ""));
  }

  @Test
  void printsNothingForAnExtraFieldThatIsNull() throws Exception {
    assertThat(
            Image.run(
                environment,
                "external-auth",
                "access-token",
                "slack",
                "--extra",
                "authed_user.nothing"))
        .isEqualTo(new Image.Result(0, "", ""));
  }

  @Test
  void sendsTheProvidersIdAsItWasGiven() throws Exception {
    String id = "a b&id=c/../é#?";
    coder.configure(
        new FakeCoder.Integration(
            id, "github", "nothing", Optional.of("gho_odd"), Optional.empty()));
    assertThat(Image.run(environment, "external-auth", "access-token", id))
        .isEqualTo(new Image.Result(0, "gho_odd", ""));
  }

  @Test
  void readsTheTokenFileAgainWhenTheTokenIsRefused(@TempDir Path folder) throws Exception {
    var file = Files.writeString(folder.resolve("token"), coder.agentToken() + "\n");
    coder.fault(new Fault.Held());
    var running =
        Image.start(
            List.of(Image.program().toString(), "external-auth", "access-token", "github"),
            Map.of(
                "CODER_AGENT_URL",
                coder.url().toString(),
                "CODER_AGENT_TOKEN_FILE",
                file.toString()));
    coder.awaitRequests(1);
    Files.writeString(file, coder.rotateAgentToken());
    coder.resume();
    assertThat(running.result()).isEqualTo(new Image.Result(0, "gho_bananas", ""));
    assertThat(coder.requests()).hasSize(2);
  }

  @Test
  void printsEachStepAndNoSecretWhenVerbose() throws Exception {
    var result = Image.run(environment, "external-auth", "access-token", "github", "-v");
    assertThat(result.out()).isEqualTo("gho_bananas");
    assertThat(result.err())
        .contains("GET " + coder.url(), "HTTP 200")
        .doesNotContain("gho_bananas")
        .doesNotContain(coder.agentToken());
  }

  @Test
  void listsTheProvidersThatAreLinkedIn() throws Exception {
    var result = Image.run(Map.of(), "auth", "providers");
    assertThat(result.status()).isZero();
    assertThat(result.out())
        .contains("token  (linked in: dev.sessiontoken.provider.token", "$CODER_AGENT_TOKEN_FILE");
  }

  @Test
  void printsHelpForEachCommandAndGroup() throws Exception {
    for (var args :
        List.of(
            new String[] {"--help"},
            new String[] {"external-auth", "--help"},
            new String[] {"external-auth", "access-token", "github", "--help"},
            new String[] {"auth", "-h"},
            new String[] {"version", "--help"})) {
      var result = Image.run(Map.of(), args);
      assertThat(result.status()).isZero();
      assertThat(result.out()).startsWith("Usage: coder ").endsWith("\n");
      assertThat(result.err()).isEmpty();
    }
  }
}
