package dev.sessiontoken.discovery;

import dev.sessiontoken.spi.Deadline;
import dev.sessiontoken.spi.ProviderContext;
import dev.sessiontoken.spi.Secrets;
import dev.sessiontoken.spi.ServiceHttp;
import dev.sessiontoken.spi.SessionToken;
import dev.sessiontoken.spi.SessionTokenException;
import dev.sessiontoken.spi.SessionTokenProvider;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The context of one provider in a chain: passes every call on to the chain's context, but has the
 * provider's own options.
 *
 * @param context of the chain
 * @param options gives the value of an option by its name
 * @param secrets the values of the provider's secret options, which the chain's context need not
 *     know
 */
record LinkContext(
    ProviderContext context, Function<String, Optional<String>> options, List<String> secrets)
    implements ProviderContext {

  /** Returns such a context, which hides the provider's secrets in what it reports and tells. */
  static ProviderContext of(
      ProviderContext context,
      SessionTokenProvider provider,
      Function<String, Optional<String>> options) {
    var secrets = DeclaredOptions.secrets(provider, options);
    return HidingContext.of(new LinkContext(context, options, secrets), Secrets.of(secrets));
  }

  @Override
  public URI deployment() {
    return context.deployment();
  }

  @Override
  public Optional<String> option(String name) {
    return options.apply(name);
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
    var http = context.http();
    return request -> {
      var hiding = request;
      for (String secret : secrets) hiding = hiding.withSecret(secret);
      return http.send(hiding);
    };
  }

  @Override
  public SessionToken exchange(String endpoint, Map<String, String> evidence)
      throws SessionTokenException, InterruptedException {
    return context.exchange(endpoint, evidence);
  }

  /** Leaves the options out: some are secrets. */
  @Override
  public String toString() {
    return "LinkContext[" + context + "]";
  }
}
