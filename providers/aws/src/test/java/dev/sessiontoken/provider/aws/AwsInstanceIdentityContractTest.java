package dev.sessiontoken.provider.aws;

import dev.sessiontoken.spi.ProviderContext;
import dev.sessiontoken.spi.SessionTokenProvider;
import dev.sessiontoken.testkit.FakeCoder;
import dev.sessiontoken.testkit.FakeMetadata;
import dev.sessiontoken.testkit.Fault;
import dev.sessiontoken.testkit.ProviderContractTest;
import dev.sessiontoken.testkit.Situation;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

@TestInstance(Lifecycle.PER_CLASS)
class AwsInstanceIdentityContractTest extends ProviderContractTest {
  private final FakeCoder coder = FakeCoder.start();
  private final FakeCoder stranger = FakeCoder.start(); // does not believe the machine
  private final FakeMetadata metadata = FakeMetadata.start(FakeCoder.INSTANCE_ID);
  private final FakeCoder silence = FakeCoder.start().faultAlways(new Fault.Silence());

  AwsInstanceIdentityContractTest() {
    coder.trust(metadata);
  }

  @AfterAll
  void stop() {
    coder.close();
    stranger.close();
    metadata.close();
    silence.close();
  }

  @Override
  protected SessionTokenProvider provider() {
    return new AwsInstanceIdentity();
  }

  private static Map<String, String> asking(URI service) {
    return Map.of("metadata-endpoint", service.toString());
  }

  @Override
  protected ProviderContext works() {
    return coder.context(asking(metadata.url()));
  }

  @Override
  protected Situation notConfigured() {
    return Situation.in(coder.context(Map.of("metadata-disabled", "true")));
  }

  @Override
  protected Situation refused() {
    return Situation.in(stranger.context(asking(metadata.url())));
  }

  @Override
  protected Situation silent() {
    return Situation.in(coder.context(asking(silence.url())));
  }
}
