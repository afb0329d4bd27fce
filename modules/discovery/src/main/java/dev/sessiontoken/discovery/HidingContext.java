package dev.sessiontoken.discovery;

import dev.sessiontoken.spi.Deadline;
import dev.sessiontoken.spi.ProviderContext;
import dev.sessiontoken.spi.Secrets;
import dev.sessiontoken.spi.ServiceAnswer;
import dev.sessiontoken.spi.ServiceHttp;
import dev.sessiontoken.spi.ServiceRequest;
import dev.sessiontoken.spi.SessionToken;
import dev.sessiontoken.spi.SessionTokenException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Passes every call on to another context, with secrets replaced in what a provider reports and
 * tells, and with the context class loader of the program instead of the provider's.
 *
 * @param context the other context
 * @param secrets the values of the provider's secret options
 * @param loader the context class loader of the thread that called the provider
 */
@SuppressWarnings("try") // resources are there for their end alone
record HidingContext(ProviderContext context, Secrets secrets, @Nullable ClassLoader loader)
    implements ProviderContext {

  /** Makes a context for a call of a provider, of which this thread is the caller. */
  static HidingContext of(ProviderContext context, Secrets secrets) {
    return new HidingContext(context, secrets, Thread.currentThread().getContextClassLoader());
  }

  @Override
  public URI deployment() {
    return context.deployment();
  }

  @Override
  public Optional<String> option(String name) {
    return context.option(name);
  }

  @Override
  public Deadline deadline() {
    return context.deadline();
  }

  @Override
  public void step(String what) {
    try (var restored = ContextClassLoader.set(loader)) {
      context.step(secrets.hide(what));
    }
  }

  @Override
  public void tell(String line) {
    try (var restored = ContextClassLoader.set(loader)) {
      context.tell(secrets.hide(line));
    }
  }

  @Override
  public ServiceHttp http() {
    try (var restored = ContextClassLoader.set(loader)) {
      var http = context.http();
      return request -> send(http, request);
    }
  }

  private ServiceAnswer send(ServiceHttp http, ServiceRequest request)
      throws SessionTokenException, InterruptedException {
    try (var restored = ContextClassLoader.set(loader)) {
      return http.send(request);
    }
  }

  @Override
  public SessionToken exchange(String endpoint, Map<String, String> evidence)
      throws SessionTokenException, InterruptedException {
    try (var restored = ContextClassLoader.set(loader)) {
      return context.exchange(endpoint, evidence);
    }
  }

  /** Leaves the secrets out. */
  @Override
  public String toString() {
    return "HidingContext[" + context + "]";
  }
}
