package dev.sessiontoken.testkit;

import dev.sessiontoken.spi.ProviderContext;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/**
 * The contract test of a provider that sends a document of its cloud's metadata service to the
 * deployment. Starts fakes of both for each test class, and stops them at its end.
 */
@SuppressWarnings("exports") // JUnit and AssertJ: who inherits it has them
@TestInstance(Lifecycle.PER_CLASS)
public abstract class InstanceIdentityContractTest extends ProviderContractTest {
  private final FakeCoder coder = FakeCoder.start();
  private final FakeCoder otherDeployment =
      FakeCoder.start(); // does not accept the machine's documents
  private final FakeMetadata metadata = FakeMetadata.start(FakeCoder.INSTANCE_ID);
  private final FakeCoder silence = FakeCoder.start().faultAlways(new Fault.Silence());

  /** Starts the fakes. */
  protected InstanceIdentityContractTest() {
    coder.trust(metadata);
  }

  @AfterAll
  void stop() {
    coder.close();
    otherDeployment.close();
    metadata.close();
    silence.close();
  }

  /** Returns the options by which the provider uses a metadata service at this URL. */
  protected abstract Map<String, String> asking(URI service);

  /** Returns options by which the provider is not on a machine of its cloud. */
  protected abstract Map<String, String> elsewhere();

  @Override
  protected ProviderContext works() {
    return coder.context(asking(metadata.url()));
  }

  @Override
  protected Situation notConfigured() {
    return Situation.in(coder.context(elsewhere()));
  }

  @Override
  protected Situation refused() {
    return Situation.in(otherDeployment.context(asking(metadata.url())));
  }

  @Override
  protected Situation silent() {
    return Situation.in(coder.context(asking(silence.url())));
  }
}
