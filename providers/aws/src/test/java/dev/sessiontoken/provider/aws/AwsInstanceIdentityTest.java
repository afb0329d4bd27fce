package dev.sessiontoken.provider.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sessiontoken.client.CoderClient;
import dev.sessiontoken.client.ExternalAuth;
import dev.sessiontoken.client.ExternalAuthQuery;
import dev.sessiontoken.discovery.SessionTokenProviders;
import dev.sessiontoken.http.Cloud;
import dev.sessiontoken.http.DeploymentSettings;
import dev.sessiontoken.spi.Deadline;
import dev.sessiontoken.spi.SessionTokenException.BadAnswer;
import dev.sessiontoken.spi.SessionTokenException.NotConfigured;
import dev.sessiontoken.spi.SessionTokenException.Rejected;
import dev.sessiontoken.testkit.FakeCoder;
import dev.sessiontoken.testkit.FakeMetadata;
import dev.sessiontoken.testkit.Fault;
import dev.sessiontoken.testkit.FixedContext;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AwsInstanceIdentityTest {
  private final FakeCoder coder = FakeCoder.start();
  private final FakeMetadata metadata = FakeMetadata.start(FakeCoder.INSTANCE_ID);

  @BeforeEach
  void trustTheMachine() {
    coder.trust(metadata);
  }

  @AfterEach
  void stop() {
    coder.close();
    metadata.close();
  }

  private ExternalAuth ask(Map<String, String> options) throws Exception {
    var settings = DeploymentSettings.of(coder.url()).withPause(_ -> {});
    try (var client = new CoderClient(settings, new AwsInstanceIdentity(), options)) {
      return client.externalAuth(
          ExternalAuthQuery.id("github"), Deadline.in(Duration.ofSeconds(30)));
    }
  }

  private Map<String, String> here() {
    return Map.of("metadata-endpoint", metadata.url().toString());
  }

  @Test
  void isInstalledUnderItsName() throws Exception {
    assertThat(SessionTokenProviders.named("aws-instance-identity"))
        .containsInstanceOf(AwsInstanceIdentity.class);
  }

  @Test
  void requestsATokenAndSendsIt() throws Exception {
    assertThat(ask(here())).isInstanceOf(ExternalAuth.Linked.class);
    assertThat(metadata.requests())
        .extracting(each -> each.method() + " " + each.path())
        .containsExactly(
            "PUT /latest/api/token",
            "GET /latest/dynamic/instance-identity/signature",
            "GET /latest/dynamic/instance-identity/document");
    assertThat(metadata.requests().getFirst().header("x-aws-ec2-metadata-token-ttl-seconds"))
        .contains("21600");
  }

  @Test
  void sendsTheDocumentByteForByte() throws Exception {
    ask(here());
    assertThat(coder.requests().getFirst().body())
        .contains("{\\n  \\\"accountId\\\" : \\\"123456789012\\\",\\n");
  }

  @Test
  void reportsARefusalOfTheDeployment() {
    metadata.alterDocuments();
    assertThatThrownBy(() -> ask(here()))
        .isInstanceOf(Rejected.class)
        .hasMessageContaining("Invalid AWS identity. crypto/rsa: verification error");
    assertThat(coder.requests()).hasSize(1);
  }

  @Test
  void refusesAnHtmlPageAsSignature() {
    metadata.fault(new Fault.Instead(200, Map.of(), "pass"));
    metadata.fault(new Fault.Instead(200, Map.of(), "Please sign in!"));
    assertThatThrownBy(() -> ask(here()))
        .isInstanceOf(BadAnswer.class)
        .hasMessageContaining("not a signature");
    assertThat(coder.requests()).isEmpty();
  }

  @Test
  void sendsNoRequestWhenMetadataIsDisabled() {
    var options =
        Map.of("metadata-disabled", "true", "metadata-endpoint", metadata.url().toString());
    assertThatThrownBy(() -> ask(options))
        .isInstanceOf(NotConfigured.class)
        .hasMessageContaining("AWS_EC2_METADATA_DISABLED=true");
    assertThat(metadata.requests()).isEmpty();
  }

  @Test
  void refusesOtherEndpointModes() {
    assertThatThrownBy(() -> ask(Map.of("metadata-endpoint-mode", "IPv5")))
        .isInstanceOf(NotConfigured.class)
        .hasMessageContaining("AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE is neither IPv4 nor IPv6");
  }

  @Test
  void takesAServiceThatTheUserNamesForOneThatIsThere() {
    var named = new FixedContext(Map.of("metadata-endpoint", "http://127.0.0.1:9"));
    assertThat(new AwsInstanceIdentity().lacks(named)).isEmpty();
    var unnamed = new FixedContext(Map.of());
    assertThat(new AwsInstanceIdentity().lacks(unnamed)).isEqualTo(Cloud.EC2.lacks());
  }
}
