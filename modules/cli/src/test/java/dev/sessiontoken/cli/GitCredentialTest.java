package dev.sessiontoken.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sessiontoken.testkit.Fault;
import java.io.ByteArrayOutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The protocol of gitcredentials(7). */
class GitCredentialTest extends ProgramTest {
  private static final Ended EMPTY = new Ended(0, "", "");
  private static final String GITHUB = "protocol=https\nhost=github.com\n";

  private Ended helper(String operation, String input) {
    return runWithInput(input, environment("CI", "1"), "git-credential", operation);
  }

  @Nested
  class Get {

    @Test
    void printsUserNameAndPassword() {
      assertThat(helper("get", GITHUB + "\n"))
          .isEqualTo(new Ended(0, "username=x-access-token\npassword=gho_bananas\n", ""));
    }

    @Test
    void printsTheExpiryOfTheToken() {
      coder.fault(
          Fault.json(
              200,
              "{\"access_token\":\"t\",\"type\":\"gitlab\",\"username\":\"oauth2\","
                  + "\"password\":\"t\",\"expires_at\":\"2100-01-01T00:00:00Z\"}"));
      assertThat(helper("get", GITHUB).out())
          .isEqualTo("username=oauth2\npassword=t\npassword_expiry_utc=4102444800\n");
    }

    @Test
    void looksUpByProtocolHostPortAndPath() {
      helper("get", "protocol=https\nhost=github.com:8443\npath=org/repo.git\n");
      assertThat(coder.requests().getFirst().query())
          .isEqualTo(Map.of("id", "", "match", "https://github.com:8443/org/repo.git"));
    }

    @Test
    void ignoresAttributesOfNewerGits() {
      assertThat(
              helper(
                      "get",
                      "capability[]=authtype\ncapability[]=state\n"
                          + GITHUB
                          + "wwwauth[]=Basic realm=\"GitHub\"\nusername=git\nquit=1\n\nhost=evil\n")
                  .out())
          .isEqualTo(
              """
              capability[]=authtype
              ephemeral=1
              username=x-access-token
              password=gho_bananas
              """);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "capability[]=state\n", "capability[]=\n", "capability=authtype\n"})
    void printsOnlyAttributesOfTheCallersCapabilities(String capabilities) {
      assertThat(helper("get", capabilities + GITHUB).out())
          .isEqualTo("username=x-access-token\npassword=gho_bananas\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x-access-token", "oauth2", "x-token-auth", "git"})
    void answersForAPlaceholder(String name) {
      assertThat(helper("get", GITHUB + "username=" + name + "\n").out())
          .isEqualTo("username=x-access-token\npassword=gho_bananas\n");
    }

    @Test
    void answersForTheUserWhomTheDeploymentNames() {
      String body = "{\"access_token\":\"t\",\"username\":\"alice\",\"password\":\"p\"}";
      coder.fault(Fault.json(200, body));
      assertThat(helper("get", GITHUB + "username=alice\n").out())
          .isEqualTo("username=alice\npassword=p\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"alice", "X-ACCESS-TOKEN", "x-access-token2", " "})
    void printsNothingForAnotherUser(String name) {
      assertThat(helper("get", GITHUB + "username=" + name + "\n")).isEqualTo(EMPTY);
    }

    @Test
    void sendsNoOtherUserToTheLoginPage() {
      assertThat(helper("get", "protocol=https\nhost=gitlab.com\nusername=alice\n"))
          .isEqualTo(EMPTY);
    }

    @Test
    void printsNothingForHostsWithoutAProvider() {
      assertThat(helper("get", "protocol=https\nhost=git.example\n")).isEqualTo(EMPTY);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "",
          "\n",
          "protocol=https\n",
          "host=github.com\n",
          "protocol=ssh\nhost=github.com\n",
          "protocol=cert\nhost=\npath=/key\n",
          "protocol=https\nhost=github.com@evil\n",
          "protocol=https\nhost=github.com/a\n"
        })
    void printsNothingAndSendsNothingForOtherHosts(String input) {
      assertThat(helper("get", input)).isEqualTo(EMPTY);
      assertThat(coder.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"host=github.com\r\n", "host=git\0hub.com\n", "path=a\033[2J\n", "nonsense\n"})
    void refusesControlCharactersAndLinesWithoutAnEqualsSign(String line) {
      failed(helper("get", "protocol=https\n" + line + GITHUB), 3, "read what git asks for");
      assertThat(coder.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\\nhost=evil", "a\\u0000b", "a\\rb"})
    void refusesSecretsOfTwoLines(String secret) {
      String body = "{\"access_token\":\"t\",\"username\":\"u\",\"password\":\"" + secret + "\"}";
      coder.fault(Fault.json(200, body));
      failed(helper("get", GITHUB), 7, "control characters");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "protocol=http\n",
          "host=evil\n",
          "host=github.com\n",
          "username=\nusername=x\n"
        })
    void refusesARepeatedAttribute(String more) {
      failed(helper("get", GITHUB + more), 3, "comes twice");
      assertThat(coder.requests()).isEmpty();
    }

    @Test
    void ignoresAttributesThatAreNotUsed() {
      var run =
          helper("get", "wwwauth[]=Basic a=\"b\",\tc=\"d\"\nwwwauth[]=x\nx=\u0001\n" + GITHUB);
      assertThat(run.out()).isEqualTo("username=x-access-token\npassword=gho_bananas\n");
    }

    @Test
    void readsUpToTheEmptyLine() throws Exception {
      try (var in = new PipedInputStream();
          var git = new PipedOutputStream(in)) {
        git.write((GITHUB + "\n").getBytes(StandardCharsets.UTF_8));
        var out = new ByteArrayOutputStream();
        int status = run(in, out, out, environment(), "git-credential", "get");
        assertThat(status).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("username=");
      }
    }

    @Test
    void printsNothingForPlainHttpAndGivesTheReason() {
      var run = helper("get", "protocol=http\nhost=github.com\n");
      assertThat(run.status()).isZero();
      assertThat(run.out()).isEmpty();
      assertThat(run.err()).contains("CODER_ALLOW_HTTP=github.com").hasLineCount(1);
      assertThat(coder.requests()).isEmpty();
    }

    @Test
    void refusesEndlessInput() {
      failed(helper("get", "a=" + "x".repeat(70_000)), 3, "longer than 64 KiB");
    }

    @Test
    void printsTheLoginPageOnStandardErrorOnly() {
      assertThat(helper("get", "protocol=https\nhost=gitlab.com\n"))
          .isEqualTo(
              new Ended(
                  0,
                  "",
                  "Open the following URL to authenticate:\n"
                      + coder.url()
                      + "/external-auth/gitlab\n"));
    }
  }

  @ParameterizedTest
  @CsvSource({"store", "erase", "capability", "a-later-one"})
  void otherOperationsDoNothing(String operation) {
    assertThat(helper(operation, GITHUB + "username=x\npassword=y\n")).isEqualTo(EMPTY);
    assertThat(coder.requests()).isEmpty();
  }
}
