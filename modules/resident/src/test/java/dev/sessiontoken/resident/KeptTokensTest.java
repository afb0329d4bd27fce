package dev.sessiontoken.resident;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sessiontoken.spi.Deadline;
import dev.sessiontoken.spi.ProviderContext;
import dev.sessiontoken.spi.SessionToken;
import dev.sessiontoken.spi.SessionTokenException;
import dev.sessiontoken.spi.SessionTokenProvider;
import dev.sessiontoken.testkit.FakeCoder;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KeptTokensTest {
  private final FakeCoder coder = FakeCoder.start();
  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
  private final KeptTokens tokens = new KeptTokens(now::get);
  private int asked;

  @AfterEach
  void close() {
    coder.close();
  }

  private SessionTokenProvider provider(Source source) {
    return new SessionTokenProvider() {
      @Override
      public String name() {
        return "of-the-test";
      }

      @Override
      public SessionToken obtain(ProviderContext context)
          throws SessionTokenException, InterruptedException {
        asked++;
        return source.token(context);
      }
    };
  }

  private interface Source {
    SessionToken token(ProviderContext context) throws SessionTokenException, InterruptedException;
  }

  /** A provider that trades evidence for a token. */
  private SessionTokenProvider exchanging() {
    return provider(context -> context.exchange("aws-instance-identity", Map.of()));
  }

  private ProviderContext context(SessionToken issued) {
    return new IssuingContext(coder.context(Map.of()), issued);
  }

  /** A deployment that issues the same token at each request. */
  private record IssuingContext(ProviderContext context, SessionToken issued)
      implements ProviderContext {
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
    public SessionToken exchange(String endpoint, Map<String, String> evidence) {
      return issued;
    }
  }

  private SessionToken obtain(SessionTokenProvider provider, SessionToken issued, boolean accepted)
      throws Exception {
    var loan = tokens.loan("key", provider);
    var token = loan.obtain(context(issued));
    loan.end(accepted);
    return token;
  }

  @Test
  void keepsATokenThatTheDeploymentIssuedAndAccepted() throws Exception {
    var issued = SessionToken.of("issued");
    for (int i = 0; i < 3; i++) obtain(exchanging(), issued, true);
    assertThat(asked).isOne();
  }

  @Test
  void keepsNoTokenThatWasNotAccepted() throws Exception {
    var issued = SessionToken.of("issued");
    for (int i = 0; i < 3; i++) obtain(exchanging(), issued, false);
    assertThat(asked).isEqualTo(3);
  }

  @Test
  void keepsNoTokenOfTheCaller() throws Exception {
    var own = SessionToken.of("of-the-caller");
    for (int i = 0; i < 3; i++) obtain(provider(_ -> own), own, true);
    assertThat(asked).isEqualTo(3);
  }

  @Test
  void keepsNoTokenWithWhichTheUserIsToldSomething() throws Exception {
    var issued = SessionToken.of("issued");
    var telling =
        provider(context -> {
          context.tell("look here");
          return context.exchange("aws-instance-identity", Map.of());
        });
    for (int i = 0; i < 3; i++) obtain(telling, issued, true);
    assertThat(asked).isEqualTo(3);
  }

  @Test
  void asksAnewWhenTheKeptTokenIsRefused() throws Exception {
    var issued = SessionToken.of("issued");
    obtain(exchanging(), issued, true);
    var loan = tokens.loan("key", exchanging());
    loan.obtain(context(issued));
    assertThat(loan.isKept()).isTrue();
    assertThat(loan.obtain(context(SessionToken.of("another"))).value()).isEqualTo("another");
    assertThat(loan.isKept()).isFalse();
    loan.end(true);
    assertThat(asked).isEqualTo(2);
    assertThat(obtain(exchanging(), issued, true).value()).isEqualTo("another");
  }

  @Test
  void forgetsATokenThatHasExpired() throws Exception {
    var issued = new SessionToken("issued", Optional.of(Instant.EPOCH.plusSeconds(60)));
    obtain(exchanging(), issued, true);
    now.set(Instant.EPOCH.plusSeconds(61));
    obtain(exchanging(), issued, true);
    assertThat(asked).isEqualTo(2);
  }

  @Test
  void givesNoTokenToAnotherKey() throws Exception {
    var issued = SessionToken.of("issued");
    obtain(exchanging(), issued, true);
    tokens.loan("another key", exchanging()).obtain(context(issued));
    assertThat(asked).isEqualTo(2);
  }
}
