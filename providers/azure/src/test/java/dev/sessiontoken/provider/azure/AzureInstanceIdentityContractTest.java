package dev.sessiontoken.provider.azure;

import dev.sessiontoken.spi.SessionTokenProvider;
import dev.sessiontoken.testkit.InstanceIdentityContractTest;
import java.net.URI;
import java.util.Map;

class AzureInstanceIdentityContractTest extends InstanceIdentityContractTest {

  @Override
  protected SessionTokenProvider provider() {
    return new AzureInstanceIdentity();
  }

  @Override
  protected Map<String, String> asking(URI service) {
    return Map.of("metadata-endpoint", service.toString());
  }

  @Override
  protected Map<String, String> elsewhere() {
    return Map.of("metadata-endpoint", "https://169.254.169.254");
  }
}
