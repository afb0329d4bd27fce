package dev.sessiontoken.client;

import dev.sessiontoken.spi.ProviderContext;
import dev.sessiontoken.spi.SessionToken;
import dev.sessiontoken.spi.SessionTokenProvider;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Provider of a list of tokens: one for each call, then the last one again and again. */
final class Tokens implements SessionTokenProvider {
  private final boolean renews;
  private final List<String> values;
  private final AtomicInteger calls = new AtomicInteger();

  private Tokens(boolean renews, List<String> values) {
    this.renews = renews;
    this.values = values;
  }

  /** A provider that does not renew, as {@code --auth token}. */
  static Tokens fixed(String value) {
    return new Tokens(false, List.of(value));
  }

  /** A provider that renews, as a token file that is rotated. */
  static Tokens renewing(String... values) {
    return new Tokens(true, List.of(values));
  }

  int calls() {
    return calls.get();
  }

  @Override
  public String name() {
    return "tokens";
  }

  @Override
  public boolean renews() {
    return renews;
  }

  @Override
  public SessionToken obtain(ProviderContext context) {
    int call = calls.getAndIncrement();
    return SessionToken.of(values.get(Math.min(call, values.size() - 1)));
  }
}
