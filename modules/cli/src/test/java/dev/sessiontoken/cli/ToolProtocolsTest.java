package dev.sessiontoken.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sessiontoken.testkit.Fault;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The protocols of kubectl, go, cargo, pip, uv, terraform, Bazel and pnpm, byte for byte. */
class ToolProtocolsTest extends ToolTest {
  private static final String NONE = "https://other.test/x";

  private Ended tool(String input, String... args) {
    return runWithInput(input, tools(), args);
  }

  private String loginDue() {
    return "coder: log in first: " + coder.url() + "/external-auth/gitlab\n";
  }

  private void expiring() {
    coder.fault(
        Fault.json(
            200,
            "{\"access_token\":\"t\",\"type\":\"gitlab\",\"username\":\"oauth2\","
                + "\"password\":\"t\",\"expires_at\":\"2100-01-01T00:00:00.5Z\"}"));
  }

  private void sentNothing() {
    assertThat(coder.requests()).isEmpty();
  }

  @Nested
  class Kubectl {

    private Ended kubectl(String request, String provider) {
      return run(tools("KUBERNETES_EXEC_INFO", request), "kube-credential", provider);
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1", "v1beta1"})
    void getsTheVersionThatItAsksFor(String version) throws Exception {
      expiring();
      String name = "client.authentication.k8s.io/" + version;
      var run = kubectl("{\"kind\":\"ExecCredential\",\"apiVersion\":\"" + name + "\"}", "gitlab");
      assertThat(run).isEqualTo(new Ended(0, golden("kubectl-" + version + ".out"), ""));
    }

    @Test
    void getsTheCurrentVersionWithoutARequest() throws Exception {
      assertThat(run(tools(), "kube-credential", "github").out())
          .isEqualTo(golden("kubectl-lasting.out"));
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "s3cr3t",
          "[]",
          "{}",
          "{\"apiVersion\":1}",
          "{\"apiVersion\":\"client.authentication.k8s.io/v2\\u001b\"}"
        })
    void refusesOtherRequests(String request) {
      failed(kubectl(request, "github"), 1, "read what kubectl asks for");
      assertThat(kubectl(request, "github").err()).doesNotContain("s3cr3t", "\u001b");
      sentNothing();
    }

    @Test
    void saysWhereToLogIn() {
      assertThat(kubectl("", "gitlab")).isEqualTo(new Ended(1, "", loginDue()));
    }

    @Test
    void endsWithOneOnAnyFailure() {
      failed(kubectl("", "nonsense"), 1, "nonsense");
      failed(run(tools(), "kube-credential"), 1, "takes one argument");
      failed(run(Map.of(), "kube-credential", "github"), 1, "find the deployment");
    }
  }

  @Nested
  class Go {

    @Test
    void getsNothingWithoutAUrl() {
      assertThat(tool("", "goauth")).isEqualTo(new Ended(0, "", ""));
      sentNothing();
    }

    @ParameterizedTest
    @ValueSource(strings = {NONE, "http://ghcr.io/x", "http://127.0.0.1/x", "https://ghcr.io.test"})
    void getsNothingForOtherUrls(String url) {
      assertThat(tool("HTTP/2.0 401\n\n", "goauth", url).out()).isEmpty();
      sentNothing();
    }

    @Test
    void getsTheHeaderForTheHost() throws Exception {
      assertThat(tool("HTTP/2.0 401\n\n", "goauth", "https://ghcr.io/mod/@v/list"))
          .isEqualTo(new Ended(0, golden("go-basic.out"), ""));
      assertThat(tool("", "goauth", "https://slack.test/").out())
          .isEqualTo(golden("go-bearer.out"));
    }

    @Test
    void saysWhereToLogIn() {
      assertThat(tool("", "goauth", "https://gitlab.test")).isEqualTo(new Ended(1, "", loginDue()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://ghcr.io", "https://me:s3cr3t@ghcr.io/", "https://gh\033cr.io"})
    void refusesWhatIsNoUrl(String url) {
      var run = tool("", "goauth", url);
      failed(run, 1, "read which host the tool asks for");
      assertThat(run.err()).doesNotContain("s3cr3t", "\033");
    }
  }

  @Nested
  class Cargo {
    private static final String HELLO = "{\"v\":[1]}\n";

    private Ended cargo(String... requests) {
      return tool(String.join("\n", requests) + "\n", "cargo-credential", "--cargo-plugin");
    }

    private static String get(String index, String more) {
      return "{\"v\":1,\"registry\":{\"index-url\":\"%s\",\"name\":\"r\"},\"kind\":\"get\",%s\"operation\":\"read\"}"
          .formatted(index, more);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sparse+https://ghcr.io/index/", "https://ghcr.io/index"})
    void getsTheTokenAsItIs(String index) throws Exception {
      assertThat(cargo(get(index, ""))).isEqualTo(new Ended(0, golden("cargo-session.out"), ""));
    }

    @Test
    void getsTheExpiryAndThePrefix() throws Exception {
      expiring();
      String args = "\"args\":[\"--prefix\",\"Bearer \"],";
      assertThat(cargo(get("sparse+https://ghcr.io/", args)).out())
          .isEqualTo(golden("cargo-expires.out"));
      assertThat(cargo(get("https://slack.test", "")).out())
          .contains("\"token\":\"Bearer xoxp-bananas\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {NONE, "ssh://git@ghcr.io/x", "", "sparse+http://ghcr.io/"})
    void getsNotFoundForOthers(String index) throws Exception {
      assertThat(cargo(get(index, "")).out()).isEqualTo(golden("cargo-none.out"));
      sentNothing();
    }

    @Test
    void getsTheLoginPageAsAnError() {
      assertThat(cargo(get("https://gitlab.test", "")).out())
          .isEqualTo(
              HELLO
                  + "{\"Err\":{\"kind\":\"other\",\"message\":\""
                  + loginDue().strip()
                  + "\",\"caused-by\":[]}}\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"login", "logout", "nonsense"})
    void getsNoOtherOperation(String kind) {
      assertThat(cargo("{\"v\":1,\"kind\":\"" + kind + "\",\"token\":\"s3cr3t\"}").out())
          .isEqualTo(HELLO + "{\"Err\":{\"kind\":\"operation-not-supported\"}}\n");
    }

    @Test
    void getsAnAnswerToEachRequest() {
      var run = cargo(get(NONE, ""), get("https://ghcr.io/", ""), get(NONE, ""));
      assertThat(run.out()).hasLineCount(4).contains("gho_bananas");
      assertThat(tool("", "cargo-credential", "--cargo-plugin").out()).isEqualTo(HELLO);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"s3cr3t", "[]", "{}", "{\"v\":2,\"kind\":\"get\"}", "{\"v\":\"1\"}", "1"})
    void getsAnErrorForOtherRequests(String request) {
      var run = cargo(request);
      assertThat(run.out())
          .startsWith(HELLO + "{\"Err\":{\"kind\":\"other\",\"message\":\"coder: read what cargo")
          .hasLineCount(2)
          .doesNotContain("s3cr3t");
      assertThat(run.err()).isEmpty();
      assertThat(run.status()).isZero();
    }

    @Test
    void getsAnErrorForLinesThatAreTooLong() {
      assertThat(cargo("x".repeat(70_000)).out()).contains("longer than 64 KiB").hasLineCount(2);
    }

    @Test
    void getsFailuresOfTheDeployment() {
      assertThat(cargo(get("https://unknown.test", "")).out())
          .contains("\"kind\":\"other\",\"message\":\"coder: ")
          .contains("nonsense");
    }
  }

  @Nested
  class PipAndUv {

    private Ended keyring(String... args) {
      var line = new ArrayList<>(List.of("keyring", "--"));
      line.addAll(List.of(args));
      return run(tools(), line.toArray(String[]::new));
    }

    @Test
    void getUserNameAndPassword() throws Exception {
      assertThat(keyring("--mode=creds", "--output=json", "get", "https://ghcr.io/simple/"))
          .isEqualTo(new Ended(0, golden("keyring-pip.out"), ""));
      assertThat(keyring("get", "https://ghcr.io/simple", "--mode", "creds").out())
          .isEqualTo(golden("keyring-uv-creds.out"));
      assertThat(keyring("get", "ghcr.io", "anybody").out()).isEqualTo(golden("keyring-uv.out"));
    }

    @ParameterizedTest
    @CsvSource({"slack.test,you", "other.test,me", "'a service',me", "'',me", "me@ghcr.io,me"})
    void getNothingForOthers(String service, String user) {
      assertThat(keyring("get", service, user)).isEqualTo(new Ended(1, "", ""));
      sentNothing();
    }

    @Test
    void getTheLoginOfTheUserOfTheMap() {
      assertThat(keyring("get", "slack.test", "me").out()).isEqualTo("xoxp-bananas\n");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"", "set ghcr.io me", "--version", "get", "get a b c", "get x --mode z"})
    void getNoOtherCall(String line) {
      assertThat(keyring(line.split(" ", -1)).status()).isEqualTo(1);
    }

    @Test
    void areSentToTheNextKeyring() throws Exception {
      var bin = Files.createDirectories(home.resolve("bin"));
      String script =
          "#!/bin/sh\necho \"$* $CODER_KEYRING\" >" + home.resolve("called") + "\nexit 42\n";
      var next = Files.writeString(bin.resolve("keyring"), script);
      assertThat(next.toFile().setExecutable(true)).isTrue();
      var path = tools("PATH", "/nowhere::" + bin);
      assertThat(run(path, "keyring", "--", "get", "other.test", "--mode", "creds").status())
          .isEqualTo(42);
      assertThat(home.resolve("called")).hasContent("get other.test --mode creds 1\n");
      path.put("CODER_KEYRING", "1");
      assertThat(run(path, "keyring", "--", "get", "x").status()).isEqualTo(1);
    }

    @Test
    void sayWhereToLogIn() {
      assertThat(keyring("get", "gitlab.test")).isEqualTo(new Ended(1, "", loginDue()));
    }
  }

  @Nested
  class Terraform {

    @Test
    void getsTheToken() throws Exception {
      assertThat(tool("", "terraform-credentials", "get", "ghcr.io"))
          .isEqualTo(new Ended(0, golden("terraform-get.out"), ""));
      assertThat(tool("", "terraform-credentials", "an argument", "get", "ghcr.io").out())
          .isEqualTo(golden("terraform-get.out"));
    }

    @Test
    void getsAnEmptyObjectForOthers() throws Exception {
      assertThat(tool("", "terraform-credentials", "get", "other.test").out())
          .isEqualTo(golden("terraform-none.out"));
      sentNothing();
    }

    @ParameterizedTest
    @ValueSource(strings = {"store", "forget"})
    void storesAndForgetsNothing(String operation) {
      var run = tool("{\"token\":\"s3cr3t\"}", "terraform-credentials", operation, "ghcr.io");
      failed(run, 1, "nothing is kept here");
    }

    @Test
    void failsWithOne() {
      failed(tool("", "terraform-credentials", "list", "ghcr.io"), 1, "takes get, store or forget");
      failed(tool("", "terraform-credentials", "get"), 1, "terraform-credentials takes");
      failed(tool("", "terraform-credentials", "get", "me@h"), 1, "a user name");
      assertThat(tool("", "terraform-credentials", "get", "gitlab.test"))
          .isEqualTo(new Ended(1, "", loginDue()));
    }
  }

  @Nested
  class Bazel {

    private Ended bazel(String input) {
      return tool(input, "credential-helper", "get");
    }

    @Test
    void getsTheHeader() throws Exception {
      assertThat(bazel("{\"uri\":\"https://ghcr.io/x\",\"more\":1}"))
          .isEqualTo(new Ended(0, golden("bazel-get.out"), ""));
      expiring();
      assertThat(bazel("{\"uri\":\"https://ghcr.io/x\"}").out())
          .isEqualTo(golden("bazel-expires.out"));
    }

    @Test
    void getsAnEmptyObjectForOthers() {
      assertThat(bazel("{\"uri\":\"" + NONE + "\"}")).isEqualTo(new Ended(0, "{}\n", ""));
      sentNothing();
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"", "s3cr3t", "[]", "{}", "{\"uri\":1}", "{\"uri\":\"https://u:s3cr3t@h\"}"})
    void refusesOtherInput(String input) {
      failed(bazel(input), 1, "read ");
      assertThat(bazel(input).err()).doesNotContain("s3cr3t");
    }

    @Test
    void failsWithOne() {
      failed(tool("", "credential-helper", "set"), 1, "takes get");
      failed(bazel("x".repeat(70_000)), 1, "longer than 64 KiB");
      assertThat(bazel("{\"uri\":\"https://gitlab.test\"}"))
          .isEqualTo(new Ended(1, "", loginDue()));
    }
  }

  @Nested
  class Pnpm {

    @Test
    void getsTheHeader() throws Exception {
      assertThat(tool("", "pnpm-token", "github")).isEqualTo(new Ended(0, golden("pnpm.out"), ""));
    }

    @Test
    void failsWithOne() {
      failed(tool("", "pnpm-token"), 1, "takes one argument");
      failed(tool("", "pnpm-token", "nonsense"), 1, "nonsense");
      assertThat(tool("", "pnpm-token", "gitlab")).isEqualTo(new Ended(1, "", loginDue()));
    }
  }
}
