package dev.sessiontoken.provider.command;

import dev.sessiontoken.spi.ProviderContext;
import dev.sessiontoken.spi.SessionTokenProvider;
import dev.sessiontoken.testkit.FixedContext;
import dev.sessiontoken.testkit.ProviderContractTest;
import dev.sessiontoken.testkit.Situation;
import java.util.Map;
import java.util.Set;

class TokenCommandContractTest extends ProviderContractTest {

  @Override
  protected SessionTokenProvider provider() {
    return new TokenCommand();
  }

  private static ProviderContext running(String command) {
    return new FixedContext(Map.of("command", command));
  }

  @Override
  protected ProviderContext works() {
    return running("sh -c 'set -x; echo s3cr3t-t0ken'");
  }

  @Override
  protected Situation notConfigured() {
    return Situation.in(new FixedContext(Map.of()));
  }

  @Override
  protected Situation refused() {
    return Situation.in(
        running("sh -c 'echo s3cr3t-t0ken; echo refused s3cr3t-t0ken >&2; exit 4'"));
  }

  @Override
  protected Situation silent() {
    return Situation.in(running("sh -c 'sleep 600; echo s3cr3t-t0ken'"));
  }

  @Override
  protected Set<String> secrets() {
    return Set.of("s3cr3t-t0ken");
  }
}
