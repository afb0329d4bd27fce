package dev.sessiontoken.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sessiontoken.testkit.FakeCoder;
import dev.sessiontoken.testkit.Fault;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The program as git's {@code GIT_ASKPASS}: answers to git's prompts. */
class GitAskPassTest extends ProgramTest {
  private static final String ASKS_GITLAB = "Username for 'https://gitlab.com': ";

  /** Runs the program as git does: the prompt is the only argument. */
  private Ended asked(String prompt, String... more) {
    var environment = environment(more);
    environment.put("GIT_PREFIX", "");
    return run(environment, prompt);
  }

  private void configure(String type, String token) {
    coder.configure(
        new FakeCoder.Integration(
            "host", type, "git\\.example", Optional.of(token), Optional.empty()));
  }

  @Nested
  class PlainHttp {

    @ParameterizedTest
    @ValueSource(strings = {"http://github.com", "http://github.com:8080/o/r", "HTTP://github.com"})
    void noTokenIsPrinted(String url) {
      var run = asked("Password for '" + url + "': ");
      failed(run, 1, "unencrypted; use https://, or set CODER_ALLOW_HTTP=github.com");
      assertThat(coder.requests()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
      "http://localhost:8080, ''",
      "http://a.localhost, ''",
      "http://127.8.9.1:80/r, ''",
      "http://[::1]:3000, ''",
      "http://git.corp, git.corp",
      "http://git.corp:81, git.corp",
      "http://git.corp:81, 'a.corp, GIT.corp:81'"
    })
    void loopbackAndAllowedHostsAreLookedUp(String url, String allowed) {
      asked("Password for '" + url + "': ", "CODER_ALLOW_HTTP", allowed);
      assertThat(coder.requests()).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({
      "http://127.0.0.1.evil.test, ''",
      "http://localhost.evil.test, ''",
      "http://xlocalhost, ''",
      "http://git.corp:81, git.corp:82",
      "http://x.git.corp, git.corp",
      "http://h, ','"
    })
    void hostsWithSimilarNamesAreRefused(String url, String allowed) {
      failed(asked("Password for '" + url + "': ", "CODER_ALLOW_HTTP", allowed), 1, "unencrypted");
      assertThat(coder.requests()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Username for \"https://github.com\": ", "Passwort für 'https://x@github.com': "})
  void aPromptIsRecognisedWithoutGitsVariable(String question) {
    assertThat(run(environment(), question).status()).isZero();
  }

  @Nested
  class Answers {

    @ParameterizedTest
    @CsvSource({
      "github, x-access-token, s3cr3t",
      "gitea, x-access-token, s3cr3t",
      "gitlab, oauth2, s3cr3t",
      "bitbucket-cloud, x-token-auth, s3cr3t",
      "custom, s3cr3t, s3cr3t"
    })
    void dependOnTheTypeOfTheProvider(String type, String username, String password) {
      configure(type, "s3cr3t");
      assertThat(asked("Username for 'https://git.example': "))
          .isEqualTo(new Ended(0, username + "\n", ""));
      assertThat(asked("Password for 'https://" + username + "@git.example': "))
          .isEqualTo(new Ended(0, password + "\n", ""));
    }

    @Test
    void areTheUserNameAndPasswordOfTheDeployment() {
      coder.faultAlways(
          Fault.json(
              200, "{\"access_token\":\"t\",\"username\":\"something\",\"password\":\"bananas\"}"));
      assertThat(asked("Username for 'https://github.com':").out()).isEqualTo("something\n");
      assertThat(asked("Password for 'https://potato@github.com':").out()).isEqualTo("bananas\n");
    }

    @Test
    void arePrintedByTheCommandWithFlags() {
      assertThat(
              run(
                  Map.of(),
                  "gitaskpass",
                  "--agent-url",
                  coder.url().toString(),
                  "--agent-token=" + coder.agentToken(),
                  "Password for 'https://u@github.com': "))
          .isEqualTo(new Ended(0, "gho_bananas\n", ""));
    }

    @Test
    void areLookedUpByTheWholeUrl() {
      asked("Password for 'https://u@github.com:8443/org/repo.git': ");
      assertThat(coder.requests().getFirst().query())
          .isEqualTo(Map.of("id", "", "match", "https://github.com:8443/org/repo.git"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\\nb", "a\\u0000b", "a\\rb"})
    void areRefusedIfTheyContainControlCharacters(String secret) {
      coder.fault(
          Fault.json(
              200, "{\"access_token\":\"t\",\"username\":\"u\",\"password\":\"" + secret + "\"}"));
      failed(asked("Password for 'https://u@github.com': "), 7, "control characters");
    }
  }

  @Nested
  class NoAnswer {

    @Test
    void forAHostWithoutAProvider() {
      failed(
          asked("Username for 'https://git.example:8443/a': "),
          1,
          "no provider for git.example:8443, so git falls back");
    }

    @Test
    void withTheMessageOfTheDeployment() {
      coder.fault(Fault.json(404, "{\"message\":\"Nope!\"}"));
      failed(asked("Username for 'https://github.com': "), 1, "Nope!");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "Enter passphrase for key '/home/u/.ssh/id_rsa': ",
          "Are you sure you want to continue connecting (yes/no/[fingerprint])? ",
          "Username for 'ssh://github.com': "
        })
    void forOtherPromptsAndWithoutARequest(String prompt) {
      failed(asked(prompt), 1, "no question of git");
      assertThat(coder.requests()).isEmpty();
    }

    @Test
    void forPromptsOutsideGit() {
      misused(run(environment(), "Log in at https://gitlab.com"), "unknown command");
    }

    @Test
    void forFailuresWithTheirExitCodes() {
      failed(asked(ASKS_GITLAB, "CODER_AGENT_TOKEN", "stale"), 4, "HTTP 401");
      failed(asked(ASKS_GITLAB, "CODER_AGENT_URL", ""), 3, "set CODER_AGENT_URL");
    }
  }

  @Nested
  class ALoginThatIsDue {

    private String page() {
      return "Open the following URL to authenticate:\n" + coder.url() + "/external-auth/gitlab\n";
    }

    @ParameterizedTest
    @CsvSource({
      "GIT_TERMINAL_PROMPT, 0",
      "GIT_TERMINAL_PROMPT, false",
      "CI, true",
      "CI, 1",
      "CODER_GIT_AUTH_TIMEOUT, 0"
    })
    void isNotAwaitedWhenPromptsOrTheWaitAreDisabled(String variable, String value) {
      assertThat(asked(ASKS_GITLAB, variable, value)).isEqualTo(new Ended(1, "", page()));
      assertThat(coder.requests()).hasSize(1);
    }

    @Test
    void isAwaitedThroughPollsThatFail() throws Exception {
      coder.fault(new Fault.Held());
      var git = new FutureTask<>(() -> asked(ASKS_GITLAB, "CI", "false"));
      Thread.ofPlatform().start(git);
      coder.awaitRequests(1);
      coder.fault(Fault.html(502));
      coder.fault(Fault.json(200, ""));
      coder.resume();
      coder.awaitRequests(4);
      coder.link("gitlab", "glpat");
      assertThat(git.get())
          .isEqualTo(new Ended(0, "oauth2\n", page() + "You've been authenticated!\n"));
      assertThat(coder.requests().subList(1, 4))
          .allSatisfy(poll -> assertThat(poll.query()).containsKey("listen"));
    }

    @Test
    void endsAtItsTimeLimit() {
      assertThat(asked(ASKS_GITLAB, "CODER_GIT_AUTH_TIMEOUT", "100ms"))
          .isEqualTo(new Ended(1, "", page() + "coder: nobody logged in within 0.1s\n"));
    }

    @Test
    void isAwaitedBeyondTheTimeLimit() throws Exception {
      var git = new FutureTask<>(() -> asked(ASKS_GITLAB, "CODER_TIMEOUT", "1s"));
      Thread.ofPlatform().start(git);
      coder.awaitRequests(2);
      coder.link("gitlab", "glpat");
      assertThat(git.get().status()).isZero();
    }

    @Test
    void requiresADuration() {
      misused(asked(ASKS_GITLAB, "CODER_GIT_AUTH_TIMEOUT", "soon"), "CODER_GIT_AUTH_TIMEOUT want");
    }
  }
}
