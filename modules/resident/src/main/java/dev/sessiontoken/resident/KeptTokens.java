package dev.sessiontoken.resident;

import dev.sessiontoken.spi.Deadline;
import dev.sessiontoken.spi.ProviderContext;
import dev.sessiontoken.spi.ProviderOption;
import dev.sessiontoken.spi.ServiceHttp;
import dev.sessiontoken.spi.SessionToken;
import dev.sessiontoken.spi.SessionTokenException;
import dev.sessiontoken.spi.SessionTokenProvider;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps session tokens that the deployment issued in exchange for this machine's identity, until
 * they are refused or expire. Tokens that come from the caller are not kept. Safe for any number of
 * threads.
 */
final class KeptTokens {
  private static final int MOST = 64;

  private final InstantSource clock;
  private final Map<String, SessionToken> tokens = new ConcurrentHashMap<>();

  KeptTokens(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * Returns a provider for one command, which returns the kept token the first time, if there is
   * one.
   *
   * @param key fingerprint of all that the token is obtained from
   */
  Loan loan(String key, SessionTokenProvider provider) {
    return new Loan(key, provider);
  }

  /** Old tokens go together: a user has few deployments, and which token is old is not known. */
  private void keep(String key, SessionToken token) {
    if (tokens.size() >= MOST) tokens.clear();
    tokens.put(key, token);
  }

  /** A provider for the calls of one command. */
  final class Loan implements SessionTokenProvider {
    private final String key;
    private final SessionTokenProvider provider;
    private @Nullable SessionToken kept;
    private @Nullable SessionToken issued;
    private boolean isAsked;

    private Loan(String key, SessionTokenProvider provider) {
      this.key = key;
      this.provider = provider;
    }

    @Override
    public String name() {
      return provider.name();
    }

    @Override
    public List<ProviderOption> options() {
      return provider.options();
    }

    @Override
    public boolean renews() {
      return provider.renews();
    }

    /** The command asks again only if the deployment has refused the token of the first time. */
    @Override
    public synchronized SessionToken obtain(ProviderContext context)
        throws SessionTokenException, InterruptedException {
      var present = isAsked ? null : usable();
      isAsked = true;
      kept = present;
      if (present != null) return present;
      tokens.remove(key);
      var exchange = new NotedExchange(context);
      var token = provider.obtain(exchange);
      boolean isSilent = !exchange.hasTold; // else each command must tell it
      issued = isSilent && token.equals(exchange.issued) ? token : null;
      return token;
    }

    private @Nullable SessionToken usable() {
      var token = tokens.get(key);
      boolean isOver = token == null || !token.expiry().map(clock.instant()::isBefore).orElse(true);
      return isOver ? null : token;
    }

    /** Returns whether the last token was a kept one. */
    synchronized boolean isKept() {
      return kept != null;
    }

    /** Keeps the token that was issued, if the deployment has accepted it. */
    synchronized void end(boolean isAccepted) {
      var token = issued;
      if (token != null && isAccepted) keep(key, token);
      issued = null;
    }
  }

  /** Notes which token the deployment issued, and whether the user got a message. */
  private static final class NotedExchange implements ProviderContext {
    private final ProviderContext context;
    private @Nullable SessionToken issued;
    private boolean hasTold;

    NotedExchange(ProviderContext context) {
      this.context = context;
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
      context.step(what);
    }

    @Override
    public void tell(String line) {
      hasTold = true;
      context.tell(line);
    }

    @Override
    public ServiceHttp http() {
      return context.http();
    }

    @Override
    public SessionToken exchange(String endpoint, Map<String, String> evidence)
        throws SessionTokenException, InterruptedException {
      var token = context.exchange(endpoint, evidence);
      issued = token;
      return token;
    }
  }
}
