package dev.sessiontoken.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sessiontoken.testkit.FakeCoder;
import dev.sessiontoken.testkit.Fault;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens by URL, the wait for a login, and the list of providers. */
class ExternalAuthTest extends ProgramTest {

  private String page() {
    return "Open the following URL to authenticate:\n" + coder.url() + "/external-auth/gitlab\n";
  }

  private static FutureTask<Ended> start(Callable<Ended> run) {
    var task = new FutureTask<>(run);
    Thread.ofPlatform().start(task);
    return task;
  }

  @Nested
  class ByUrl {

    @Test
    void findsTheProviderOfTheHost() {
      assertThat(accessToken("--match", "https://github.com/org/repo"))
          .isEqualTo(new Ended(0, "gho_bananas", ""));
      assertThat(coder.requests().getFirst().query())
          .isEqualTo(Map.of("id", "", "match", "https://github.com/org/repo"));
    }

    @Test
    void reportsThatNoProviderFits() {
      failed(accessToken("--match", "https://h.example"), 5, "fits \"https://h.example\"");
    }

    @ParameterizedTest
    @CsvSource({
      "https://u:S3CRET@h.example/o/r, https://h.example/o/r",
      "https://S3CRET@h.example, https://h.example",
      "HTTPS://u:S3C@RET@h.example:8443/@o, HTTPS://h.example:8443/@o",
      "https://u:S3CRET@h.example?a@b, https://h.example?a@b",
      "ssh://git:S3CRET@h.example/o, ssh://h.example/o",
      "u:S3CRET@h.example/o, h.example/o",
      "git@h.example:o/r, git@h.example:o/r",
      "https://h.example/a@b, https://h.example/a@b",
      "https://@h.example, https://h.example"
    })
    void sendsAndShowsTheUrlWithoutUserInfo(String given, String sent) {
      var run = accessToken("--match", given, "-v", "--output", "json");
      assertThat(run.status()).isEqualTo(5);
      assertThat(run.err()).doesNotContain("S3C", "RET");
      assertThat(coder.requests().getFirst().query()).isEqualTo(Map.of("id", "", "match", sent));
    }

    @ParameterizedTest
    @CsvSource({
      "--match https://h github, takes one argument",
      "--match=, --match needs a URL",
      "--match, --match needs a value"
    })
    void excludesAnId(String line, String message) {
      misused(accessToken(line.split(" ", -1)), message);
    }
  }

  @Nested
  class Waiting {

    @Test
    void endsWithTheTokenOnceTheUserHasLoggedIn() throws Exception {
      var run = start(() -> accessToken("gitlab", "--wait"));
      coder.awaitRequests(2);
      coder.link("gitlab", "glpat");
      assertThat(run.get())
          .isEqualTo(new Ended(0, "glpat", page() + "You've been authenticated!\n"));
      assertThat(coder.requests().get(1).query()).containsEntry("id", "gitlab");
    }

    @Test
    void endsWithThePageWhenTheUserDoesNotLogIn() {
      assertThat(accessToken("--wait=50ms", "gitlab"))
          .isEqualTo(
              new Ended(
                  1,
                  coder.url() + "/external-auth/gitlab",
                  page() + "coder: nobody logged in within 0.05s\n"));
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503, 504})
    void endsAtOnceWhenTheDeploymentAsksForMoreTimeThanThereIs(int status) {
      String page = "{\"url\":\"" + coder.url() + "/external-auth/gitlab\"}";
      var headers = Map.of("Retry-After", "3600", "Content-Type", "application/json");
      coder
          .fault(Fault.json(200, page))
          .faultAlways(new Fault.Instead(status, headers, "{\"message\":\"Slow.\"}"));
      var ended = accessToken("gitlab", "--wait=60s");
      failed(
          new Ended(ended.status(), ended.out(), ended.err().replace(page(), "")),
          6,
          "whether the user has logged in is not known: HTTP "
              + status
              + ": Slow, and asks to try"
              + " again in 3600 s, beyond the wait for the login");
      assertThat(coder.requests()).hasSize(2);
    }

    @Test
    void doesNotHappenWhenTheUserIsLoggedIn() {
      assertThat(accessToken("--wait", "github")).isEqualTo(new Ended(0, "gho_bananas", ""));
    }

    @Test
    void takesADurationOnly() {
      misused(accessToken("--wait=long", "github"), "--wait wants a duration");
    }
  }

  @Nested
  class TheLogin {

    private Ended login(String id, String... more) {
      return run(environment(more), "external-auth", "login", id);
    }

    @Test
    void isAwaited() throws Exception {
      var run = start(() -> login("gitlab", "CI", "true"));
      coder.awaitRequests(2);
      coder.link("gitlab", "glpat");
      assertThat(run.get()).isEqualTo(new Ended(0, "", page() + "You've been authenticated!\n"));
    }

    @Test
    void isSkippedWhenTheUserIsLoggedIn() {
      assertThat(login("github")).isEqualTo(new Ended(0, "", "The user is logged in already.\n"));
    }

    @Test
    void mayTimeOutOrNameAnUnknownProvider() {
      assertThat(login("gitlab", "CODER_GIT_AUTH_TIMEOUT", "0"))
          .isEqualTo(new Ended(1, "", page()));
      failed(login("nonsense"), 5, "nonsense");
    }
  }

  @Nested
  class TheList {

    @Test
    void namesProvidersWithTheirPatterns() {
      assertThat(run(environment(), "external-auth", "list"))
          .isEqualTo(
              new Ended(0, "github  github\\.com\nslack  slack\\.com\ngitlab  gitlab\\.com\n", ""));
    }

    @Test
    void isAlsoJson() {
      assertThat(run(environment(), "external-auth", "list", "--output=json").out())
          .startsWith("[{\"id\":\"github\",\"pattern\":\"github\\\\.com\"},");
    }

    @Test
    void reportsThatTheDeploymentDoesNotListThem() {
      coder.configure(
          new FakeCoder.Integration("all", "x", ".*", Optional.of("t"), Optional.empty()));
      failed(
          run(environment(), "external-auth", "list"),
          4,
          "cannot be listed with an agent token; the deployment's page /settings/external-auth");
    }
  }
}
