package dev.sessiontoken.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sessiontoken.testkit.FakeCoder;
import dev.sessiontoken.testkit.Fault;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code coder exec} prints for the launcher. */
class ExecTest extends ProgramTest {

  private Ended exec(String... args) {
    var line = new ArrayList<>(List.of("exec", "--print"));
    line.addAll(List.of(args));
    return run(environment(), line.toArray(String[]::new));
  }

  @Test
  void setsTheUsualVariablesOfATypeOfProvider() {
    assertThat(exec("github"))
        .isEqualTo(new Ended(0, "GH_TOKEN=gho_bananas\nGITHUB_TOKEN=gho_bananas\n", ""));
    assertThat(exec("slack").out()).isEqualTo("SLACK_TOKEN=xoxp-bananas\n");
  }

  @Test
  void setsVariablesForTheProviderBeforeThem() {
    var run =
        exec(
            "--env=A",
            "github",
            "--env",
            "B=username",
            "--with",
            "slack",
            "--env=_c1=authed_user.id");
    assertThat(run.out()).startsWith("A=gho_bananas\nB=gho_bananas\n_c1=").hasLineCount(3);
    assertThat(coder.requests()).hasSize(2);
  }

  @Test
  void saysWhereToLogInForEachProvider() {
    var run = exec("gitlab", "--with", "github");
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains(coder.url() + "/external-auth/gitlab");
    assertThat(run.status()).isEqualTo(1);
  }

  @Test
  void leavesTheAgentTokenOnlyIfAsked() {
    assertThat(exec("slack", "--keep-agent-token").out())
        .isEqualTo("SLACK_TOKEN=xoxp-bananas\nCODER_AGENT_TOKEN=" + coder.agentToken() + "\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PATH",
        "LD_PRELOAD",
        "LD_X=token",
        "IFS",
        "ENV",
        "BASH_ENV",
        "",
        "=token",
        "A B",
        "1A",
        "A-B",
        "Ä",
        "A\n"
      })
  void refusesOtherNames(String variable) {
    misused(exec("github", "--env", variable), "--e");
    assertThat(coder.requests()).isEmpty();
  }

  @Test
  void takesEachProviderAndVariableOnce() {
    misused(exec("github", "--with", "github"), "once");
    misused(exec("github", "--env", "A", "--with", "slack", "--env", "A=username"), "once");
    misused(exec("github", "--with", ""), "empty");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\\nLD_PRELOAD=x", "a\\u0000", "a\\r"})
  void refusesValuesWithLineEnds(String token) {
    coder.fault(
        Fault.json(
            200, "{\"access_token\":\"t\",\"type\":\"github\",\"username\":\"" + token + "\"}"));
    var run = exec("github", "--env", "A=username");
    assertThat(run.out()).isEmpty();
    assertThat(run.status()).isEqualTo(7);
  }

  @Test
  void refusesTokensThatExpireTooEarly() {
    String expiry = Instant.now().plusSeconds(60).toString();
    String body = "{\"access_token\":\"t\",\"type\":\"github\",\"expires_at\":\"" + expiry + "\"}";
    coder.fault(Fault.json(200, body));
    failed(exec("github", "--min-ttl", "30m"), 6, "--min-ttl asks for 30m");
  }

  @Test
  void needsAVariableForOtherTypes() {
    coder.configure(
        new FakeCoder.Integration("x", "other", "", Optional.of("t"), Optional.empty()));
    misused(exec("x"), "name one with --env");
    assertThat(exec("x", "--env", "A").out()).isEqualTo("A=t\n");
  }

  @Test
  void failsAsOtherCommandsDo() {
    failed(exec("github", "--with", "nonsense"), 5, "nonsense");
    failed(exec("github", "--env", "A=no.such.field"), 5, "extra fields");
    misused(run(environment(), "exec", "github"), "needs a command behind --");
    misused(exec(), "takes one argument");
  }
}
