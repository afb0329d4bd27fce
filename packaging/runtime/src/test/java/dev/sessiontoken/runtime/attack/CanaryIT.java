package dev.sessiontoken.runtime.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sessiontoken.demo.fuzz.Http2Server;
import dev.sessiontoken.runtime.Image;
import dev.sessiontoken.testkit.FakeCoder;
import dev.sessiontoken.testkit.ProviderJar;
import dev.sessiontoken.testkit.raw.RawServer;
import dev.sessiontoken.testkit.raw.Script;
import dev.sessiontoken.testkit.tls.ServerChain;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Servers, proxies and metadata services that send back, in any place of their answer and in any
 * form, a secret that the program has sent: no stream of the program shows it, nor a part of it.
 */
class CanaryIT {
  private static final int PROCESSES = 4;
  private static final String PASSWORD = "pw-Zt7LmP2vRbK3qW9x";
  private static final Canary TOKEN =
      new Canary("agent token", "7c9e6679-7425-40de-944b-e07fc1f90ae7");
  private static final Canary HEADER = new Canary("header", "K3qW9xZt7LmP2vRb5nYc8");
  private static final List<List<String>> MODES =
      List.of(
          List.of(), List.of("-v"), List.of("--output", "json"), List.of("-v", "--output", "json"));

  /** Runs the program for ten minutes instead of one: {@code -DargLine=-Dcanary.all=true}. */
  private static final boolean ALL = Boolean.getBoolean("canary.all");

  @TempDir private Path folder;

  /**
   * One run of the program.
   *
   * @param name for reports
   * @param answer what the server sends
   */
  private record Attack(String name, Canary canary, String answer, List<String> mode) {}

  /** Runs the program once, with further flags, against servers that send an answer. */
  @FunctionalInterface
  private interface Run {
    Image.Result against(String answer, List<String> flags) throws Exception;
  }

  /** Each secret in each place, as it is and in one other form; in each of all forms if wanted. */
  private static List<Attack> attacks(List<Place> places, Canary... canaries) {
    var attacks = new ArrayList<Attack>();
    for (var canary : canaries) {
      var forms = List.copyOf(canary.forms().entrySet());
      int turn = 0;
      for (var place : places) {
        int other = 1 + turn % (forms.size() - 1);
        var chosen = ALL ? forms : List.of(forms.getFirst(), forms.get(other));
        for (var form : chosen) {
          String name = canary.name() + ", " + place.name() + ", " + form.getKey();
          String answer = place.answer().apply(form.getValue());
          attacks.add(
              new Attack(
                  name, canary, answer, MODES.get((turn + chosen.indexOf(form)) % MODES.size())));
        }
        turn++;
      }
    }
    return attacks;
  }

  private static void check(List<Attack> attacks, Run run) throws Exception {
    try (var threads = Executors.newFixedThreadPool(PROCESSES)) {
      var leaks = new ArrayList<String>();
      var work = attacks.stream().map(each -> (Callable<Optional<String>>) () -> leak(each, run));
      for (var leak : threads.invokeAll(work.toList())) leak.get().ifPresent(leaks::add);
      assertThat(leaks).as("of %d runs", attacks.size()).isEmpty();
    }
  }

  private static Optional<String> leak(Attack attack, Run run) throws Exception {
    var result = run.against(attack.answer(), attack.mode());
    String said = result.out() + result.err();
    String where = attack.name() + " " + attack.mode() + ": ";
    if (result.status() == 0 || result.status() == 70) return Optional.of(where + result);
    return attack.canary().seenIn(said).map(part -> where + "\"" + part + "\" in " + said);
  }

  private static Image.Result run(
      Map<String, String> environment, List<String> flags, String... more) throws Exception {
    var arguments = new ArrayList<>(List.of("external-auth", "access-token", "github"));
    arguments.addAll(List.of("--timeout", "900ms")); // no answer is worth a second try here
    arguments.addAll(flags);
    arguments.addAll(List.of(more));
    return Image.run(environment, arguments.toArray(String[]::new));
  }

  private Map<String, String> environment(String url) {
    return new HashMap<>(
        Map.of(
            "CODER_AGENT_URL",
            url,
            "CODER_AGENT_TOKEN",
            TOKEN.value(),
            "CODER_HEADER",
            "Authorization=Bearer " + HEADER.value()));
  }

  @Test
  void theDeploymentsAnswerShowsNoSecret() throws Exception {
    check(
        attacks(Place.all(), TOKEN, HEADER),
        (answer, mode) -> {
          try (var server = RawServer.start(Script.sends(answer))) {
            return run(environment(server.url().toString()), mode);
          }
        });
  }

  @Test
  void theDeploymentsAnswerOverTlsShowsNoSecret() throws Exception {
    var chain = ServerChain.p256();
    var authority = folder.resolve("authority.pem");
    chain.writeAuthority(authority);
    check(
        attacks(Place.heads(), TOKEN),
        (answer, mode) -> {
          var tls = Optional.of(chain.serverContext());
          try (var server = RawServer.start(tls, Script.sends(answer))) {
            return run(
                environment(server.url().toString()), mode, "--ca-file", authority.toString());
          }
        });
  }

  @Test
  void theDeploymentsAnswerByHttp2ShowsNoSecret() throws Exception {
    var chain = ServerChain.p256();
    var authority = folder.resolve("authority.pem");
    chain.writeAuthority(authority);
    check(
        attacks(Place.frames(), TOKEN, HEADER),
        (answer, mode) -> {
          try (var server = new Http2Server(chain.serverContext(), answer)) {
            return run(
                environment(server.url().toString()), mode, "--ca-file", authority.toString());
          }
        });
  }

  private static List<Canary> proxySecrets() {
    String login = "user:" + PASSWORD;
    String basic = Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
    return List.of(
        new Canary("proxy password", PASSWORD),
        new Canary("proxy login", login),
        new Canary("Proxy-Authorization", basic.replace("=", "")));
  }

  @Test
  void theProxysAnswerShowsNoPassword() throws Exception {
    var attacks = attacks(Place.all(), proxySecrets().toArray(Canary[]::new));
    check(attacks, (answer, mode) -> throughProxy("http", answer, mode));
  }

  @Test
  void theProxysAnswerToConnectShowsNoPassword() throws Exception {
    var attacks = attacks(Place.heads(), proxySecrets().toArray(Canary[]::new));
    check(attacks, (answer, mode) -> throughProxy("https", answer, mode));
  }

  private Image.Result throughProxy(String scheme, String answer, List<String> mode)
      throws Exception {
    try (var proxy = RawServer.start(Script.sends(answer))) {
      var environment = environment(scheme + "://coder.test");
      String url = "http://user:" + PASSWORD + "@" + proxy.address();
      environment.put(scheme + "_proxy", url);
      return run(environment, mode);
    }
  }

  private static final Canary PASS = new Canary("metadata token", "AQAEAKq7Wm3Zt9xLpVbN5cYh2Qm8");
  private static final Canary SIGNATURE =
      new Canary("signature", "MIIB9wYJ7KoZIhvcNAQcCoIIB6DCCAeQCAQEx");
  private static final Canary JWT =
      new Canary("identity token", "eyJhbGciOi9.eyJhdWQiOiJj7xLpVb.Zt9xLpVbN5cYh2Qm");
  private static final Canary DOCUMENT =
      new Canary(
          "document",
          "{\n  \"accountId\" : \"123456789012\",\n  \"instanceId\" : \"i-0c9e6679742540dee\"\n}",
          Canary.OF_TEXT);
  private static final String EC2_DOCUMENT = "/latest/dynamic/instance-identity/document";
  private static final String EC2_SIGNATURE = "/latest/dynamic/instance-identity/signature";

  /**
   * The metadata services of all clouds.
   *
   * @param changed a path, or the beginning of a path, and the whole answer to it
   */
  private static Script metadata(Map<String, String> changed) {
    return (wire, _) -> {
      while (true) {
        String path = wire.readRequest().split(" ", 3)[1];
        var answer =
            changed.entrySet().stream().filter(each -> path.startsWith(each.getKey())).findFirst();
        wire.write(answer.isPresent() ? answer.get().getValue() : metadata(path));
        if (answer.isPresent()) return;
      }
    };
  }

  private static String metadata(String path) {
    String body =
        switch (path) {
          case "/latest/api/token" -> PASS.value();
          case EC2_DOCUMENT -> DOCUMENT.value();
          case EC2_SIGNATURE -> SIGNATURE.value();
          default ->
              path.startsWith("/metadata/")
                  ? "{\"encoding\":\"pkcs7\",\"signature\":\"" + SIGNATURE.value() + "\"}"
                  : JWT.value();
        };
    return "HTTP/1.1 200 OK\r\nMetadata-Flavor: Google\r\nContent-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }

  private Image.Result withIdentity(
      String auth, Script metadata, String deployments, List<String> mode) throws Exception {
    try (var service = RawServer.start(metadata);
        var deployment = RawServer.start(Script.sends(deployments))) {
      var environment = environment(deployment.url().toString());
      environment.remove("CODER_AGENT_TOKEN");
      environment.put("AWS_EC2_METADATA_SERVICE_ENDPOINT", service.url().toString());
      environment.put("AZURE_POD_IDENTITY_AUTHORITY_HOST", service.url().toString());
      environment.put("GCE_METADATA_HOST", service.address());
      return run(environment, mode, "--auth", auth + "-instance-identity");
    }
  }

  @Test
  void theMetadataServicesAnswerShowsNoTokenOfIts() throws Exception {
    check(
        attacks(Place.all(), PASS),
        (answer, mode) -> withIdentity("aws", metadata(Map.of(EC2_DOCUMENT, answer)), "", mode));
  }

  @Test
  void theDeploymentsAnswerShowsNoIdentity() throws Exception {
    for (String auth : List.of("aws", "azure", "google")) {
      var canaries =
          switch (auth) {
            case "aws" -> List.of(SIGNATURE, DOCUMENT);
            case "azure" -> List.of(SIGNATURE);
            default -> List.of(JWT);
          };
      check(
          attacks(Place.all(), canaries.toArray(Canary[]::new)),
          (answer, mode) -> withIdentity(auth, metadata(Map.of()), answer, mode));
    }
  }

  private static final Canary KEY = new Canary("key of a provider", "sk-Vb5nYc8Qm2ZtLm7P3Wq");
  private static final Canary FIELD = new Canary("field of a form", "cs-9xLpVbN5cYh2Qm8Zt7q");
  private static final Canary PARAMETER = new Canary("parameter", "pk-R4bK3qW9xHt6Jm1Xz");

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
      String url = context.option("url").orElseThrow();
      var request = ServiceRequest.postForm(url, Map.of("client_secret", "FIELD"));
      var answer = context.http().send(request.withBearer(context.option("key").orElseThrow()));
      return answer.requireSuccess("check the key").token();
      """;

  /**
   * The deployment accepts no token, so that a secret in place of the token is a failure as well.
   */
  private Image.Result withService(String answer, List<String> mode) throws Exception {
    try (var service = RawServer.start(Script.sends(answer));
        var deployment = FakeCoder.start()) {
      var environment = environment(deployment.url().toString());
      environment.put("CODER_AUTH_PROVIDER_PATH", folder.toString());
      environment.put("STRANGE_URL", service.url() + "/token?api_key=" + PARAMETER.value());
      environment.put("STRANGE_KEY", KEY.value());
      return run(environment, mode, "--auth", "strange");
    }
  }

  @Test
  void theAnswerOfAProvidersServiceShowsNoSecret(@TempDir Path build) throws Exception {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    new ProviderJar(build)
        .members(OPTIONS)
        .obtain(OBTAIN.replace("FIELD", FIELD.value()))
        .automatic(folder.resolve("strange.jar"));
    check(attacks(Place.all(), KEY), this::withService);
    check(attacks(Place.bodies(), FIELD, PARAMETER), this::withService);
  }
}
