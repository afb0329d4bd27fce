package dev.sessiontoken.provider.google;

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
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GoogleInstanceIdentityTest {
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
    try (var client = new CoderClient(settings, new GoogleInstanceIdentity(), options)) {
      return client.externalAuth(
          ExternalAuthQuery.id("github"), Deadline.in(Duration.ofSeconds(30)));
    }
  }

  private Map<String, String> here() {
    return Map.of("metadata-host", metadata.url().getAuthority());
  }

  @Test
  void isInstalledUnderItsName() throws Exception {
    assertThat(SessionTokenProviders.named("google-instance-identity"))
        .containsInstanceOf(GoogleInstanceIdentity.class);
  }

  @Test
  void requestsATokenForCoderWithTheInstance() throws Exception {
    assertThat(ask(here())).isInstanceOf(ExternalAuth.Linked.class);
    var request = metadata.requests().getFirst();
    assertThat(request.header("metadata-flavor")).contains("Google");
    assertThat(request.query())
        .containsExactlyInAnyOrderEntriesOf(Map.of("audience", "coder", "format", "full"));
    assertThat(request.path()).endsWith("/service-accounts/default/identity");
  }

  @Test
  void reportsARefusalOfTheDeployment() {
    metadata.alterDocuments();
    assertThatThrownBy(() -> ask(here()))
        .isInstanceOf(Rejected.class)
        .hasMessageContaining("Invalid GCP identity.");
    assertThat(coder.requests()).hasSize(1);
  }

  @Test
  void doesNotSendATokenOfAnotherIssuer() {
    var google = Map.of("Metadata-Flavor", "Google");
    metadata.fault(new Fault.Instead(200, Map.of(), "eyJh.eyJi.c2ln"));
    metadata.fault(new Fault.Instead(200, google, "Please sign in!"));
    metadata.fault(new Fault.Instead(200, google, "a.b"));
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> ask(here())).isInstanceOf(BadAnswer.class);
    }
    assertThat(coder.requests()).isEmpty();
  }

  @Test
  void takesAServiceThatTheUserNamesForOneThatIsThere() {
    var named = new FixedContext(Map.of("metadata-host", "http://127.0.0.1:9"));
    assertThat(new GoogleInstanceIdentity().lacks(named)).isEmpty();
    var unnamed = new FixedContext(Map.of());
    assertThat(new GoogleInstanceIdentity().lacks(unnamed)).isEqualTo(Cloud.GOOGLE.lacks());
  }
}
