package dev.sessiontoken.runtime.git;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sessiontoken.runtime.Image;
import dev.sessiontoken.runtime.Programs;
import dev.sessiontoken.testkit.FakeCoder;
import dev.sessiontoken.testkit.raw.RawServer;
import dev.sessiontoken.testkit.raw.Wire;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A repository whose submodule lies on a server that wants github.com's token: the URL's user name
 * makes git's question look as if it were about github.com. With {@code credential.sanitizePrompt}
 * off, git asks as versions do that lack the fix of CVE-2024-50349.
 */
class MisleadingUrlIT {
  private static final String TOKEN = "gho_0123456789bananas";
  private static final String AUTHORIZATION = "Authorization: Basic ";
  private static final String LOGIN_WANTED =
      """
      HTTP/1.1 401 Unauthorized\r
      WWW-Authenticate: Basic realm="git"\r
      Content-Length: 0\r
      \r
      """;

  private final FakeCoder coder = FakeCoder.start();
  private final RawServer attacker = RawServer.start((wire, _) -> wantLogin(wire));

  @TempDir private Path folder;
  private Workspace workspace;

  @BeforeEach
  void start() throws Exception {
    Programs.need("git");
    coder.configure(
        new FakeCoder.Integration(
            "github", "github", "github\\.com", Optional.of(TOKEN), Optional.empty()));
    workspace = Workspace.in(folder, coder).withAskPass().with("GIT_TERMINAL_PROMPT", "0");
    assertThat(setup().status()).isZero();
  }

  @AfterEach
  void stop() {
    coder.close();
    attacker.close();
  }

  private Image.Result setup() throws Exception {
    return Image.run(workspace.environment(), "setup", "git");
  }

  /** Refuses each request until the client closes the connection. */
  private static void wantLogin(Wire wire) throws IOException {
    while (true) {
      wire.readRequest();
      wire.write(LOGIN_WANTED);
    }
  }

  /** A repository with one submodule, which is named in its files only. */
  private void repository(String submodule) throws Exception {
    workspace.run("init", "--quiet", "outer");
    workspace.run("config", "--file", "outer/.gitmodules", "submodule.sub.path", "sub");
    workspace.run("config", "--file", "outer/.gitmodules", "submodule.sub.url", submodule);
    workspace.run("-C", "outer", "add", ".gitmodules");
    workspace.run(
        "-C", "outer", "update-index", "--add", "--cacheinfo", "160000," + "1".repeat(40) + ",sub");
    workspace.run("-C", "outer", "commit", "--quiet", "-m", "sub");
  }

  private Image.Result cloneAll(boolean sanitized) throws Exception {
    return workspace.tryOut(
        "-c",
        "credential.sanitizePrompt=" + sanitized,
        "clone",
        "--quiet",
        "--recurse-submodules",
        "outer",
        "copy");
  }

  /** User names and passwords that the attacker has received. */
  private List<String> logins() {
    return attacker.requests().stream()
        .flatMap(String::lines)
        .filter(line -> line.startsWith(AUTHORIZATION))
        .map(line -> Base64.getDecoder().decode(line.substring(AUTHORIZATION.length())))
        .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
        .toList();
  }

  static Stream<Arguments> misleading() {
    return Stream.of(
            "github.com%20x",
            "github.com%2fx",
            "github.com%2F..%2f",
            "github.com%09x",
            "github.com%5cx",
            "github.com%0dx",
            "github.com%1fx",
            "github.com%3fx",
            "github.com%23x",
            "github.com%3ax",
            "github.com%27%3a%20x",
            "github.com%27%20",
            "github.com%22%3a%20x",
            "github.com%c2%a0x",
            "github.com%e2%80%a8x",
            "github.com%e2%80%99x",
            "github.com%ff",
            "u%40github.com%2f",
            "u%40github.com%20",
            "u%40github.com",
            "https%3a%2f%2fgithub.com%2f",
            "github.com%20x:password",
            "github.com")
        .flatMap(user -> Stream.of(Arguments.of(user, true), Arguments.of(user, false)));
  }

  @ParameterizedTest
  @MethodSource("misleading")
  void noTokenReachesAnotherHost(String user, boolean sanitized) throws Exception {
    repository("http://" + user + "@" + attacker.address() + "/r.git");
    assertThat(cloneAll(sanitized).status()).isNotZero();
    assertThat(attacker.requests()).as("git has asked the server").isNotEmpty();
    assertThat(logins()).noneMatch(login -> login.contains(TOKEN));
    assertThat(coder.requests())
        .allSatisfy(request ->
            assertThat(request.query().getOrDefault("match", ""))
                .isIn("http://" + attacker.address(), "http://" + attacker.address() + "/r.git"));
  }

  /** Shows that the other test would see a token. */
  @Test
  void theTokenReachesItsOwnHost() throws Exception {
    coder.configure(
        new FakeCoder.Integration(
            "github",
            "github",
            Pattern.quote(attacker.url().toString()),
            Optional.of(TOKEN),
            Optional.empty()));
    repository(attacker.url() + "/r.git");
    cloneAll(true);
    assertThat(logins()).contains("x-access-token:" + TOKEN);
  }
}
