package dev.sessiontoken.provider.token;

import dev.sessiontoken.spi.ProviderContext;
import dev.sessiontoken.spi.SessionTokenProvider;
import dev.sessiontoken.testkit.FixedContext;
import dev.sessiontoken.testkit.ProviderContractTest;
import dev.sessiontoken.testkit.Situation;
import java.util.Map;

class GivenTokenContractTest extends ProviderContractTest {
  @Override
  protected SessionTokenProvider provider() {
    return new GivenToken();
  }

  @Override
  protected ProviderContext works() {
    return new FixedContext(Map.of("agent-token", "s3cr3t"));
  }

  @Override
  protected Situation notConfigured() {
    return Situation.in(new FixedContext(Map.of("agent-token", "s3cr3t with white space")));
  }

  @Override
  protected Situation refused() {
    return Situation.doesNotApply("it sends no request");
  }

  @Override
  protected Situation silent() {
    return Situation.doesNotApply("it sends no request");
  }
}
