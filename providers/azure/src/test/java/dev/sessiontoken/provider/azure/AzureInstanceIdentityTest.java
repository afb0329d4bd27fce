package dev.sessiontoken.provider.azure;

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
import dev.sessiontoken.spi.SessionTokenException.Rejected;
import dev.sessiontoken.testkit.FakeCoder;
import dev.sessiontoken.testkit.FakeMetadata;
import dev.sessiontoken.testkit.Fault;
import dev.sessiontoken.testkit.FixedContext;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AzureInstanceIdentityTest {
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
    try (var client = new CoderClient(settings, new AzureInstanceIdentity(), options)) {
      return client.externalAuth(
          ExternalAuthQuery.id("github"), Deadline.in(Duration.ofSeconds(30)));
    }
  }

  private Map<String, String> here() {
    return Map.of("metadata-endpoint", metadata.url().toString());
  }

  @Test
  void isInstalledUnderItsName() throws Exception {
    assertThat(SessionTokenProviders.named("azure-instance-identity"))
        .containsInstanceOf(AzureInstanceIdentity.class);
  }

  @Test
  void requestsTheAttestedDocumentAndSendsItsTwoFields() throws Exception {
    assertThat(ask(here())).isInstanceOf(ExternalAuth.Linked.class);
    var request = metadata.requests().getFirst();
    assertThat(request.header("metadata")).contains("true");
    assertThat(request.query()).containsEntry("api-version", "2020-09-01");
    assertThat(coder.requests().getFirst().body())
        .contains("\"encoding\":\"pkcs7\"", "\"signature\":\"MI");
  }

  @Test
  void reportsARefusalOfTheDeployment() {
    metadata.alterDocuments();
    assertThatThrownBy(() -> ask(here()))
        .isInstanceOf(Rejected.class)
        .hasMessageContaining("Invalid Azure identity.");
    assertThat(coder.requests()).hasSize(1);
  }

  @Test
  void doesNotSendOtherJsonToTheDeployment() {
    for (var body : List.of("{}", "{\"signature\":7,\"encoding\":\"pkcs7\"}", "[]", "nonsense")) {
      metadata.fault(new Fault.Instead(200, Map.of("Content-Type", "application/json"), body));
      assertThatThrownBy(() -> ask(here())).as(body).isInstanceOf(BadAnswer.class);
    }
    assertThat(coder.requests()).isEmpty();
  }

  @Test
  void takesAServiceThatTheUserNamesForOneThatIsThere() {
    var named = new FixedContext(Map.of("metadata-endpoint", "http://127.0.0.1:9"));
    assertThat(new AzureInstanceIdentity().lacks(named)).isEmpty();
    var unnamed = new FixedContext(Map.of());
    assertThat(new AzureInstanceIdentity().lacks(unnamed)).isEqualTo(Cloud.AZURE.lacks());
  }
}
