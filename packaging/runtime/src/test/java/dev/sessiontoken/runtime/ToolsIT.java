package dev.sessiontoken.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sessiontoken.testkit.FakeCoder;
import dev.sessiontoken.testkit.FakeService;
import dev.sessiontoken.testkit.FakeService.Answer;
import dev.sessiontoken.testkit.SeenRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The tools themselves, where they are installed, call the image's helpers for a login at a server
 * on loopback. Debian's packages are docker.io, kubernetes-client, golang-go and cargo.
 */
class ToolsIT {
  private static final String TOKEN = "gho_bananas";
  private static final String BASIC =
      "Basic "
          + Base64.getEncoder()
              .encodeToString(("x-access-token:" + TOKEN).getBytes(StandardCharsets.UTF_8));

  private final FakeCoder coder = FakeCoder.start();
  private final FakeService server = FakeService.startTls();

  @TempDir private Path home;

  private String host;

  @BeforeEach
  void start() throws Exception {
    host = "localhost:" + server.url().getPort();
    server.writeAuthority(home.resolve("ca.pem"));
  }

  @AfterEach
  void stop() {
    server.close();
    coder.close();
  }

  private static void need(String program) throws Exception {
    var found = Image.run(List.of("sh", "-c", program), Map.of("PATH", path()));
    assumeTrue(found.status() == 0, program + " does not run here");
  }

  private static String path() {
    return Image.program().getParent() + ":" + System.getenv("PATH");
  }

  private Map<String, String> environment() {
    var environment = new HashMap<String, String>();
    environment.put("CODER_AGENT_URL", coder.url().toString());
    environment.put("CODER_AGENT_TOKEN", coder.agentToken());
    environment.put("CODER_HOSTS", host + " github");
    environment.put("HOME", home.toString());
    environment.put("PATH", path());
    environment.put("SSL_CERT_FILE", home.resolve("ca.pem").toString());
    return environment;
  }

  private Image.Result run(String... command) throws Exception {
    return Image.run(List.of(command), environment());
  }

  private void notLoggedIn() {
    coder.configure(
        new FakeCoder.Integration("github", "github", "", Optional.empty(), Optional.empty()));
  }

  private static boolean isLoggedIn(SeenRequest request, String header) {
    return request.header("authorization").filter(header::equals).isPresent();
  }

  /** Answers as a server that insists on a login. */
  private void protect(String path, String header, Answer answer, String challenge) {
    var refusal = new Answer(401, Map.of("WWW-Authenticate", challenge), "{}");
    server.on("GET", path, request -> isLoggedIn(request, header) ? answer : refusal);
  }

  /** Further requests of docker differ from version to version. */
  private static boolean isOfManifest(SeenRequest request, String header) {
    return request.path().contains("/manifests/") && isLoggedIn(request, header);
  }

  private Answer manifest() {
    String type = "application/vnd.docker.distribution.manifest.list.v2+json";
    String body = "{\"schemaVersion\":2,\"mediaType\":\"" + type + "\",\"manifests\":[]}";
    return new Answer(200, Map.of("Content-Type", type), body);
  }

  private void setUpDocker() throws Exception {
    need("docker --version");
    assertThat(Image.run(environment(), "setup", "docker", "--host", host).status()).isZero();
  }

  @Test
  void dockerLogsInAtARegistryThatWantsBasic() throws Exception {
    setUpDocker();
    protect("/v2/", BASIC, Answer.json(200, "{}"), "Basic realm=\"r\"");
    protect("/v2/a/b/manifests/c", BASIC, manifest(), "Basic realm=\"r\"");
    run("docker", "manifest", "inspect", host + "/a/b:c");
    assertThat(server.requests()).anyMatch(request -> isOfManifest(request, BASIC));
  }

  @Test
  void dockerLogsInAtATokenService() throws Exception {
    setUpDocker();
    String challenge = "Bearer realm=\"" + server.url() + "/token\",service=\"s\"";
    protect("/token", BASIC, Answer.json(200, "{\"token\":\"registry\"}"), "Basic");
    protect("/v2/", "Bearer registry", Answer.json(200, "{}"), challenge);
    protect("/v2/a/b/manifests/c", "Bearer registry", manifest(), challenge);
    run("docker", "manifest", "inspect", host + "/a/b:c");
    assertThat(server.requests()).anyMatch(request -> isOfManifest(request, "Bearer registry"));
  }

  @Test
  void dockerShowsThePageToLogInAt() throws Exception {
    setUpDocker();
    notLoggedIn();
    protect("/v2/", BASIC, Answer.json(200, "{}"), "Basic realm=\"r\"");
    protect("/v2/a/b/manifests/c", BASIC, manifest(), "Basic realm=\"r\"");
    var result = run("docker", "manifest", "inspect", host + "/a/b:c");
    assertThat(result.err()).contains(coder.url() + "/external-auth/github");
  }

  @Test
  void dockerLogsOutWithoutAnError() throws Exception {
    setUpDocker();
    var result = run("docker", "logout", host);
    assertThat(result.status()).as(result.err()).isZero();
    assertThat(result.err()).contains("nothing was kept");
  }

  private Image.Result kubectl(String version) throws Exception {
    need("kubectl version --client");
    var config = new ArrayList<>(List.of("kubectl", "config", "set-credentials", "u"));
    config.addAll(List.of("--exec-command=coder", "--exec-interactive-mode=IfAvailable"));
    config.add("--exec-api-version=client.authentication.k8s.io/" + version);
    config.addAll(List.of("--exec-arg=kube-credential", "--exec-arg=github"));
    assertThat(Image.run(config, environment()).status()).isZero();
    String ca = "--certificate-authority=" + home.resolve("ca.pem");
    run("kubectl", "config", "set-cluster", "c", "--server=https://" + host, ca);
    run("kubectl", "config", "set-context", "x", "--cluster=c", "--user=u");
    return run("kubectl", "--context=x", "get", "--raw", "/x");
  }

  @Test
  void kubectlSendsTheToken() throws Exception {
    protect("/x", "Bearer " + TOKEN, Answer.json(200, "{}"), "Bearer");
    for (String version : List.of("v1", "v1beta1")) {
      var result = kubectl(version);
      assertThat(result.out()).as(result.err()).isEqualTo("{}");
    }
  }

  @Test
  void kubectlShowsThePageToLogInAt() throws Exception {
    notLoggedIn();
    assertThat(kubectl("v1").err()).contains(coder.url() + "/external-auth/github");
  }

  private Image.Result go(Map<String, String> environment) throws Exception {
    need("go version");
    var project = Files.createDirectories(home.resolve("project"));
    Files.writeString(project.resolve("go.mod"), "module x\n");
    environment.putAll(Map.of("GOAUTH", "coder goauth", "GOPROXY", "https://" + host));
    environment.putAll(Map.of("GOTOOLCHAIN", "local", "GOFLAGS", "-mod=mod", "GONOSUMDB", "*"));
    String line = "cd " + project + " && go list -m -versions example.com/m";
    return Image.run(List.of("sh", "-c", line), environment);
  }

  @Test
  void goSendsTheTokenOnceTheServerHasRefused() throws Exception {
    protect("/example.com/m/@v/list", BASIC, Answer.text(200, ""), "Basic");
    var result = go(environment());
    assertThat(result.out()).as(result.err()).isEqualTo("example.com/m\n");
  }

  @Test
  void goLeavesThePageToLogInAtInAFile() throws Exception {
    notLoggedIn();
    protect("/example.com/m/@v/list", BASIC, Answer.text(200, ""), "Basic");
    var environment = environment();
    environment.put("CODER_VERBOSE", home.resolve("steps").toString());
    go(environment);
    assertThat(home.resolve("steps")).content().contains(coder.url() + "/external-auth/github");
  }

  @Test
  void cargoSendsTheTokenAsItIs() throws Exception {
    var rustup = Path.of(System.getProperty("user.home"), ".rustup").toString();
    need("RUSTUP_HOME=" + rustup + " RUSTUP_TOOLCHAIN=stable cargo --version");
    String index = "{\"dl\":\"https://" + host + "/dl\",\"auth-required\":true}";
    protect("/index/config.json", TOKEN, Answer.json(200, index), "Cargo");
    var project = Files.createDirectories(home.resolve("project/src")).getParent();
    Files.writeString(project.resolve("src/lib.rs"), "");
    Files.writeString(
        project.resolve("Cargo.toml"),
        "[package]\nname=\"a\"\nversion=\"0.1.0\"\n[dependencies]\nfoo={version=\"1\",registry=\"r\"}\n");
    var environment = environment();
    environment.putAll(Map.of("RUSTUP_HOME", rustup, "RUSTUP_TOOLCHAIN", "stable"));
    environment.put("CARGO_HTTP_CAINFO", home.resolve("ca.pem").toString());
    environment.put("CARGO_REGISTRIES_R_INDEX", "sparse+https://" + host + "/index/");
    environment.put(
        "CARGO_REGISTRY_GLOBAL_CREDENTIAL_PROVIDERS", "cargo:token cargo-credential-coder");
    Image.run(List.of("sh", "-c", "cd " + project + " && cargo generate-lockfile"), environment);
    assertThat(server.requests()).anyMatch(request -> isLoggedIn(request, TOKEN));
  }
}
