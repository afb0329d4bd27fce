package dev.sessiontoken.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sessiontoken.spi.Deadline;
import dev.sessiontoken.spi.SessionToken;
import dev.sessiontoken.spi.SessionTokenException;
import dev.sessiontoken.spi.SessionTokenProvider;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Sources whose token the deployment has refused. */
@Timeout(60)
class SessionTokenInvalidationTest {
  private static final SessionToken FIRST = SessionToken.of("first");
  private static final SessionToken SECOND = SessionToken.of("second");

  private final ScriptedProvider provider = new ScriptedProvider();
  private final SessionTokenSource source = source(provider);

  private static SessionTokenSource source(SessionTokenProvider provider) {
    return new SessionTokenSource(provider, PlainContext::new, InstantSource.system());
  }

  private static Deadline ampleTime() {
    return Deadline.in(Duration.ofSeconds(30));
  }

  private SessionToken get() throws SessionTokenException, InterruptedException {
    return source.get(ampleTime());
  }

  @Test
  void forgetsTheRefusedToken() throws Exception {
    provider.then(context -> FIRST).then(context -> SECOND);
    assertThat(source.invalidate(get())).isTrue();
    assertThat(get()).isSameAs(SECOND);
  }

  @Test
  void keepsATokenThatIsNotTheRefusedOne() throws Exception {
    provider.then(context -> FIRST).then(context -> SECOND);
    source.invalidate(get());
    get();
    source.invalidate(FIRST); // a slow caller whose call with the first token was refused
    assertThat(get()).isSameAs(SECOND);
    assertThat(provider.calls()).isEqualTo(2);
  }

  @Test
  void comparesTokensByValue() throws Exception {
    provider.then(context -> FIRST).then(context -> SECOND);
    get();
    source.invalidate(SessionToken.of("first"));
    assertThat(get()).isSameAs(SECOND);
  }

  @Test
  void returnsFalseWhenTheProviderDoesNotRenew() throws Exception {
    var fixed = new ScriptedProvider(false).then(context -> FIRST);
    var source = source(fixed);
    assertThat(source.invalidate(source.get(ampleTime()))).isFalse();
  }

  @Test
  void isAllowedBeforeATokenWasObtained() {
    assertThat(source.invalidate(FIRST)).isTrue();
    assertThat(provider.calls()).isZero();
  }
}
