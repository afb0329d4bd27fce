package dev.sessiontoken.provider.google;

import dev.sessiontoken.spi.SessionTokenProvider;
import dev.sessiontoken.testkit.InstanceIdentityContractTest;
import java.net.URI;
import java.util.Map;

class GoogleInstanceIdentityContractTest extends InstanceIdentityContractTest {

  @Override
  protected SessionTokenProvider provider() {
    return new GoogleInstanceIdentity();
  }

  @Override
  protected Map<String, String> asking(URI service) {
    return Map.of("metadata-host", service.getAuthority());
  }

  @Override
  protected Map<String, String> elsewhere() {
    return Map.of("metadata-host", "https://169.254.169.254");
  }
}
