package dev.sessiontoken.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sessiontoken.testkit.FakeCoder;
import dev.sessiontoken.testkit.FakeMetadata;
import dev.sessiontoken.testkit.Fault;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Instance identity on each cloud: the built image against fakes of the metadata service and the
 * deployment, with real signatures.
 */
class InstanceIdentityIT {
  private static final Image.Result TOKEN = new Image.Result(0, "gho_bananas", "");
  private static final String AWS = "aws-instance-identity";
  private static final String AZURE = "azure-instance-identity";
  private static final String GOOGLE = "google-instance-identity";

  private final FakeCoder coder = FakeCoder.start();
  private final FakeMetadata metadata = FakeMetadata.start(FakeCoder.INSTANCE_ID);
  private final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void trustTheMachine() {
    coder.trust(metadata);
    environment.put("CODER_AGENT_URL", coder.url().toString());
    environment.putAll(metadata.environment());
  }

  @AfterEach
  void stop() {
    coder.close();
    metadata.close();
  }

  private Image.Result run(String auth, String... flags) throws Exception {
    environment.put("CODER_AGENT_AUTH", auth);
    var args = new ArrayList<>(List.of("external-auth", "access-token", "github"));
    args.addAll(List.of(flags));
    return Image.run(environment, args.toArray(String[]::new));
  }

  private static void check(Image.Result result, int status, String message) {
    assertThat(result.status()).as(result.err()).isEqualTo(status);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).startsWith("coder: ").containsPattern(message).hasLineCount(1);
  }

  private List<String> paths() {
    return coder.requests().stream()
        .map(each -> each.path().replace("/api/v2/workspaceagents/", ""))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {AWS, AZURE, GOOGLE})
  void getsTheTokenWithoutAnySecret(String auth) throws Exception {
    assertThat(run(auth)).isEqualTo(TOKEN);
    assertThat(paths()).containsExactly(auth, "me/external-auth");
    assertThat(coder.requests().getFirst().sessionToken()).isEmpty();
    assertThat(coder.requests().getFirst().body()).doesNotContain("agent_name");
    assertThat(coder.requests().getLast().sessionToken()).contains(coder.agentToken());
  }

  @ParameterizedTest
  @ValueSource(strings = {AWS, AZURE, GOOGLE})
  void reportsTheStepsWithoutTheDocument(String auth) throws Exception {
    var result = run(auth, "-v");
    assertThat(result.out()).isEqualTo("gho_bananas");
    assertThat(result.err())
        .contains(metadata.url().toString(), "POST " + coder.url(), " ms: ")
        .doesNotContain(coder.agentToken(), FakeCoder.INSTANCE_ID, "pass-", "eyJ", "MII");
  }

  @ParameterizedTest
  @ValueSource(strings = {AWS, AZURE, GOOGLE})
  void requestsTheMetadataServiceByPlainHttpWithoutAProxy(String auth) throws Exception {
    for (String proxy : List.of("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "ALL_PROXY")) {
      environment.put(proxy, "http://127.0.0.1:1");
    }
    environment.put("NO_PROXY", coder.url().getHost());
    environment.put("CODER_AGENT_TOKEN", coder.agentToken());
    assertThat(run(auth)).isEqualTo(TOKEN);
    for (var request : metadata.requests()) {
      assertThat(request.headers())
          .doesNotContainKeys("upgrade", "http2-settings", "coder-session-token", "authorization");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {AWS, AZURE, GOOGLE})
  void saysThatTheDeploymentDoesNotKnowTheMachine(String auth) throws Exception {
    try (var other = FakeMetadata.start("i-other")) {
      coder.trust(other);
      environment.putAll(other.environment());
      check(run(auth), 4, "HTTP 404: Instance with id \"i-other\" not found..*right deployment");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {AWS, AZURE, GOOGLE})
  void listsTheAgentsToChooseFrom(String auth) throws Exception {
    String beta = UUID.randomUUID().toString();
    coder.addAgent(FakeCoder.INSTANCE_ID, "beta", beta);
    check(run(auth), 4, "HTTP 409: Multiple agents .*: beta, dev; .*--agent-name");
    check(run(auth, "--agent-name", "gamma"), 4, "HTTP 404: No agent .* and name \"gamma\"");
    assertThat(run(auth, "--agent-name", " beta ")).isEqualTo(TOKEN);
    assertThat(coder.requests().getLast().sessionToken()).contains(beta);
    environment.put("CODER_AGENT_NAME", "dev");
    assertThat(run(auth)).isEqualTo(TOKEN);
    assertThat(coder.requests().getLast().sessionToken()).contains(coder.agentToken());
  }

  @ParameterizedTest
  @ValueSource(strings = {AWS, AZURE, GOOGLE})
  void endsWithTheRefusalOfADocumentThatWasAltered(String auth) throws Exception {
    metadata.alterDocuments();
    check(run(auth), 4, "HTTP 401: Invalid (AWS|Azure|GCP) identity. .*clock");
    assertThat(paths()).containsExactly(auth);
  }

  @ParameterizedTest
  @ValueSource(strings = {AWS, AZURE, GOOGLE})
  void endsWithALoginPageInsteadOfAnExchange(String auth) throws Exception {
    coder.fault(Fault.html(200));
    check(run(auth), 7, "POST .*" + auth + ": HTTP 200 with an HTML page");
    assertThat(paths()).containsExactly(auth);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"session_token\":\"\"}",
        "{\"session_token\":null}",
        "{\"session_token\":7}",
        "{\"session_token\":\"a\\nb\"}",
        "{\"session_token\":\"a b\"}"
      })
  void endsWithoutAUsableSessionToken(String body) throws Exception {
    coder.fault(Fault.json(200, body));
    check(run(AWS), 7, "no usable session_token");
    assertThat(paths()).containsExactly(AWS);
  }

  @ParameterizedTest
  @ValueSource(strings = {AWS, AZURE, GOOGLE})
  void triesAgainWhenTheMetadataServiceIsBusy(String auth) throws Exception {
    metadata.fault(new Fault.Instead(503, Map.of(), "busy"));
    assertThat(run(auth)).isEqualTo(TOKEN);
  }

  @ParameterizedTest
  @ValueSource(strings = {AWS, AZURE, GOOGLE})
  void endsInTimeWhenTheMetadataServiceDoesNotAnswer(String auth) throws Exception {
    metadata.faultAlways(new Fault.Silence());
    check(run(auth, "--timeout", "1s"), 6, "time limit reached.*is this an? .* machine");
    assertThat(paths()).isEmpty();
  }

  @Test
  void explainsTheHopLimitWhenTheAnswerToThePutGetsLost() throws Exception {
    metadata.fault(new Fault.Silence());
    check(run(AWS, "--timeout", "1s"), 6, "HttpPutResponseHopLimit");
  }

  @ParameterizedTest
  @ValueSource(strings = {AWS, AZURE, GOOGLE})
  void saysThatTheMetadataServiceRefuses(String auth) throws Exception {
    metadata.faultAlways(new Fault.Instead(403, Map.of(), "no"));
    check(run(auth), 6, "the metadata service answered HTTP 403; is it switched on");
    assertThat(metadata.requests()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {AWS, AZURE, GOOGLE})
  void doesNotSendTheHtmlPageOfACaptivePortalToTheDeployment(String auth) throws Exception {
    metadata.fault(Fault.html(200));
    check(run(auth), 7, "HTTP 200 with an HTML page; something else answers");
    assertThat(paths()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {AWS, AZURE, GOOGLE})
  void doesNotSendMalformedEvidenceToTheDeployment(String auth) throws Exception {
    for (var answer : List.of("", "Welcome to our wireless network!", "{\"ok\":true}")) {
      metadata.fault(new Fault.Instead(200, Map.of("Content-Type", "text/plain"), answer));
      var result = run(auth);
      assertThat(result.status()).as(answer).isIn(6, 7);
      assertThat(result.out()).isEmpty();
    }
    assertThat(paths()).isEmpty();
  }

  @Test
  void doesNotSendATokenOfAnotherIssuerThanGoogle() throws Exception {
    metadata.fault(new Fault.Instead(200, Map.of(), "eyJh.eyJi.c2ln"));
    check(run(GOOGLE), 7, "not an identity token from Google");
    assertThat(paths()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {AWS, AZURE, GOOGLE})
  void exchangesOnceMoreWhenTheSessionTokenHasExpired(String auth) throws Exception {
    coder.expireIssuedTokens(1);
    assertThat(run(auth)).isEqualTo(TOKEN);
    assertThat(paths()).containsExactly(auth, "me/external-auth", auth, "me/external-auth");
  }

  @Test
  void takesASecond401AsFinal() throws Exception {
    coder.expireIssuedTokens(2);
    check(run(AWS), 4, "HTTP 401: Workspace agent not authorized");
    assertThat(paths()).containsExactly(AWS, "me/external-auth", AWS, "me/external-auth");
  }

  @Test
  void obeysTheVariableThatDisablesEc2Metadata() throws Exception {
    environment.put("AWS_EC2_METADATA_DISABLED", "TRUE");
    check(run(AWS), 3, "AWS_EC2_METADATA_DISABLED=true forbids");
    assertThat(metadata.requests()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "AWS_EC2_METADATA_SERVICE_ENDPOINT https://169.254.169.254",
        "AWS_EC2_METADATA_SERVICE_ENDPOINT http://u:hunter2@h",
        "AWS_EC2_METADATA_SERVICE_ENDPOINT nonsense",
        "AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE IPv5"
      })
  void refusesEndpointsThatAreNoUrls(String variableAndValue) throws Exception {
    int space = variableAndValue.indexOf(' ');
    String variable = variableAndValue.substring(0, space);
    environment.put(variable, variableAndValue.substring(space + 1));
    var result = run(AWS);
    check(result, 3, variable + " is ");
    assertThat(result.err()).doesNotContain("hunter2");
  }

  @Test
  void usesTheIpv6AddressWhenAskedTo() throws Exception {
    environment.remove("AWS_EC2_METADATA_SERVICE_ENDPOINT");
    environment.put("AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE", "IPv6");
    check(run(AWS, "--timeout", "2s"), 6, "http://\\[fd00:ec2::254\\]/latest/api/token");
  }

  @Test
  void asksGoogleForAnotherServiceAccount() throws Exception {
    environment.put("CODER_GOOGLE_SERVICE_ACCOUNT", "a@b.example");
    check(run(GOOGLE), 6, "HTTP 404");
    assertThat(metadata.requests().getFirst().path()).contains("/service-accounts/a@b.example/");
  }
}
