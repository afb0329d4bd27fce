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

/** What a source does when the deployment has refused its token. */
@Timeout(60)
class SessionTokenInvalidationTest {
  private static final SessionToken FIRST = SessionToken.of("first");
  private static final SessionToken SECOND = SessionToken.of("second");

  private final ScriptedProvider provider = new ScriptedProvider();
  private final SessionTokenSource source = source(provider);

  private static SessionTokenSource source(SessionTokenProvider provider) {
    return new SessionTokenSource(provider, PlainContext::new, InstantSource.system());
  }

  private static Deadline amply() {
    return Deadline.in(Duration.ofSeconds(30));
  }

  private SessionToken get() throws SessionTokenException, InterruptedException {
    return source.get(amply());
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
    source.invalidate(FIRST); // a slow caller learns late that the first was refused
    assertThat(get()).isSameAs(SECOND);
    assertThat(provider.calls()).isEqualTo(2);
  }

  @Test
  void goesByWhatTheTokenIsNotWhichObject() throws Exception {
    provider.then(context -> FIRST).then(context -> SECOND);
    get();
    source.invalidate(SessionToken.of("first"));
    assertThat(get()).isSameAs(SECOND);
  }

  @Test
  void saysThatAskingAgainIsPointlessWhenTheProviderDoesNotRenew() throws Exception {
    var fixed = new ScriptedProvider(false).then(context -> FIRST);
    var source = source(fixed);
    assertThat(source.invalidate(source.get(amply()))).isFalse();
  }

  @Test
  void doesNotMindThatNothingWasObtained() {
    assertThat(source.invalidate(FIRST)).isTrue();
    assertThat(provider.calls()).isZero();
  }
}
