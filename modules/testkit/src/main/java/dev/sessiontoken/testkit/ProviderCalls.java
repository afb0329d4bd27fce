package dev.sessiontoken.testkit;

import dev.sessiontoken.discovery.DeclaredOptions;
import dev.sessiontoken.spi.Deadline;
import dev.sessiontoken.spi.ProviderContext;
import dev.sessiontoken.spi.ServiceHttp;
import dev.sessiontoken.spi.SessionToken;
import dev.sessiontoken.spi.SessionTokenException;
import dev.sessiontoken.spi.SessionTokenProvider;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/** Calls a provider as the product does. {@link ProviderContractTest} calls it in the same way. */
public final class ProviderCalls {
  private ProviderCalls() {}

  /**
   * Calls a provider: options without a value have their declared defaults, and the provider is not
   * called if a required option has no value. Blocks as the provider does.
   *
   * @param context a context of this kit, or one of the test's own
   * @return what the provider returns
   * @throws SessionTokenException what the provider throws; {@code NotConfigured} if a required
   *     option has no value
   * @throws InterruptedException if the provider throws it
   */
  public static SessionToken obtain(SessionTokenProvider provider, ProviderContext context)
      throws SessionTokenException, InterruptedException {
    var settled = new Settled(provider, context);
    DeclaredOptions.check(provider, settled::option, "pass a value for it");
    return provider.obtain(settled);
  }

  /** A context with the defaults of a provider's options. */
  private record Settled(SessionTokenProvider provider, ProviderContext context)
      implements ProviderContext {

    @Override
    public URI deployment() {
      return context.deployment();
    }

    @Override
    public Optional<String> option(String name) {
      return DeclaredOptions.value(provider, name, context.option(name));
    }

    @Override
    public Deadline deadline() {
      return context.deadline();
    }

    @Override
    public void step(String what) {
      context.step(what);
    }

    @Override
    public void tell(String line) {
      context.tell(line);
    }

    @Override
    public ServiceHttp http() {
      return context.http();
    }

    @Override
    public SessionToken exchange(String endpoint, Map<String, String> evidence)
        throws SessionTokenException, InterruptedException {
      return context.exchange(endpoint, evidence);
    }

    @Override
    public String toString() {
      return context.toString();
    }
  }
}
