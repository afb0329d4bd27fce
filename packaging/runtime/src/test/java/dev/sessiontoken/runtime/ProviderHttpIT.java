package dev.sessiontoken.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sessiontoken.runtime.Image.Result;
import dev.sessiontoken.testkit.FakeCoder;
import dev.sessiontoken.testkit.FakeService;
import dev.sessiontoken.testkit.FakeService.Answer;
import dev.sessiontoken.testkit.Fault;
import dev.sessiontoken.testkit.ProviderJar;
import dev.sessiontoken.testkit.SeenRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A dropped-in provider that asks its own service by the context's HTTP, and tells a person. */
@Timeout(120)
class ProviderHttpIT {
  private static final String KEY = "k3y-of-the-user";
  private static final String TOLD = "enter ABCD-EFGH\nat https://id.example.com/device \033[2J ";
  private static final String SHOWN =
      "coder: enter ABCD-EFGH\\nat https://id.example.com/device \\u001b[2J [secret]\n";

  private static final String OPTIONS =
      """
      @Override public List<ProviderOption> options() {
        return List.of(
            ProviderOption.plain("url", "STRANGE_URL", "of the service").asRequired(),
            ProviderOption.secret("key", "STRANGE_KEY", "its key").asRequired());
      }
      """;

  private static final String OBTAIN =
      """
      String key = context.option("key").orElseThrow();
      context.tell(TOLD + key);
      var request = ServiceRequest.get(context.option("url").orElseThrow()).withBearer(key);
      return context.http().send(request).requireSuccess("check the key").token();
      """;

  private final FakeCoder coder = FakeCoder.start();
  private final FakeService service = FakeService.startTls();

  @TempDir Path work;

  @BeforeEach
  void dropIn() throws Exception {
    var permissions = PosixFilePermissions.fromString("rwxr-xr-x");
    var providers = Files.createDirectories(work.resolve("providers"));
    Files.setPosixFilePermissions(providers, permissions);
    String told = "\"" + TOLD.replace("\n", "\\n").replace("\033", "\\033") + "\"";
    new ProviderJar(Files.createTempDirectory(work, "build"))
        .members(OPTIONS)
        .obtain(OBTAIN.replace("TOLD", told))
        .automatic(providers.resolve("strange.jar"));
    service.writeAuthority(work.resolve("ca.pem"));
    service.on("GET", "/token", this::answer);
  }

  @AfterEach
  void close() {
    coder.close();
    service.close();
  }

  private Answer answer(SeenRequest request) {
    boolean isKnown = request.header("authorization").orElse("").equals("Bearer " + KEY);
    return isKnown
        ? Answer.text(200, coder.agentToken() + "\n")
        : Answer.text(403, "refused: " + request.headers());
  }

  private Result run(String key, String... more) throws Exception {
    var environment = new HashMap<String, String>();
    environment.put("CODER_AGENT_URL", coder.url().toString());
    environment.put("CODER_AUTH_PROVIDER_PATH", work.resolve("providers").toString());
    environment.put("CODER_CA_FILE", work.resolve("ca.pem").toString());
    environment.put("CODER_HEADER", "X-Of-The-Deployment=h3ader-value");
    environment.put("STRANGE_URL", service.url() + "/token?tenant=a");
    environment.put("STRANGE_KEY", key);
    var job = Stream.of("external-auth", "access-token", "github", "--auth", "strange");
    return Image.run(environment, Stream.concat(job, Stream.of(more)).toArray(String[]::new));
  }

  @Test
  void standardOutputIsTheTokenAndThePersonReadsTheRest() throws Exception {
    assertThat(run(KEY)).isEqualTo(new Result(0, "gho_bananas", SHOWN));
    assertThat(service.requests().getFirst().headers()).doesNotContainKey("x-of-the-deployment");
    assertThat(service.requests().getFirst().query()).isEqualTo(Map.of("tenant", "a"));
  }

  @Test
  void jsonOnStandardOutputIsNotDisturbed() throws Exception {
    var result = run(KEY, "--output", "json");
    assertThat(result.status()).isZero();
    assertThat(result.out()).startsWith("{").contains("gho_bananas");
    assertThat(result.err()).isEqualTo(SHOWN);
  }

  @Test
  void verboseShowsHostAndStatusAndNoSecret() throws Exception {
    var result = run(KEY, "-v");
    assertThat(result.err())
        .contains("GET " + service.url() + "/token\n", "HTTP 200, HTTP_1_1")
        .doesNotContain(KEY, coder.agentToken(), "tenant");
  }

  @Test
  void aRefusalIsExitCode4AndRepeatsNoSecret() throws Exception {
    var result = run("an0ther-key-altogether");
    assertThat(result.status()).isEqualTo(4);
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .contains("GET " + service.url() + "/token: HTTP 403: refused: ", "check the key")
        .doesNotContain("an0ther-key-altogether");
  }

  private static Stream<Arguments> faults() {
    return Stream.of(
        Arguments.of(new Fault.Instead(503, Map.of(), "busy"), 6, "HTTP 503: busy (4 tries in"),
        Arguments.of(new Fault.HangUp(), 6, "without an answer"),
        Arguments.of(new Fault.Silence(), 6, "time limit"),
        Arguments.of(new Fault.CutShort(), 7, "cut short"),
        Arguments.of(new Fault.Endless(), 7, "larger than 1048576 bytes"),
        Arguments.of(
            Fault.redirect("https://login.example.com/x"), 7, "a redirect to https://login"),
        Arguments.of(Fault.html(200), 7, "the token in the answer is no token"),
        Arguments.of(Fault.html(403), 7, "HTTP 403: an HTML page"),
        Arguments.of(new Fault.Instead(404, Map.of(), "x"), 7, "HTTP 404: x"));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void faultsOfTheServiceHaveTheirExitCodes(Fault fault, int status, String message)
      throws Exception {
    service.faultAlways(fault);
    var result = run(KEY, "--timeout", "4s");
    assertThat(result.status()).as(result.err()).isEqualTo(status);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).contains(message, service.url().getAuthority()).doesNotContain(KEY);
    assertThat(result.err().lines()).hasSize(2);
  }
}
