package dev.sessiontoken.provider.aws;

import dev.sessiontoken.spi.SessionTokenProvider;
import dev.sessiontoken.testkit.InstanceIdentityContractTest;
import java.net.URI;
import java.util.Map;

class AwsInstanceIdentityContractTest extends InstanceIdentityContractTest {

  @Override
  protected SessionTokenProvider provider() {
    return new AwsInstanceIdentity();
  }

  @Override
  protected Map<String, String> asking(URI service) {
    return Map.of("metadata-endpoint", service.toString());
  }

  @Override
  protected Map<String, String> elsewhere() {
    return Map.of("metadata-disabled", "true");
  }
}
