package dev.sessiontoken.testkit;

import dev.sessiontoken.spi.Deadline;
import dev.sessiontoken.spi.ProviderContext;
import dev.sessiontoken.spi.ProviderOption;
import dev.sessiontoken.spi.SessionToken;
import dev.sessiontoken.spi.SessionTokenException;
import dev.sessiontoken.spi.SessionTokenException.NotConfigured;
import dev.sessiontoken.spi.SessionTokenException.Rejected;
import dev.sessiontoken.spi.SessionTokenException.Unreachable;
import dev.sessiontoken.spi.SessionTokenProvider;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A provider that does all as it should, but for one flaw. Its option says who it meets. */
public class FlawedProvider implements SessionTokenProvider {
  static final String SECRET = "s3cr3t-of-an-option";

  private static final ProviderOption MEETS = ProviderOption.plain("meets", "MEETS", "who it asks");
  private static final ProviderOption KEY = ProviderOption.secret("key", "KEY", "opens it");

  private final Flaw flaw;
  private @Nullable SessionToken kept;

  /** For the service loader. */
  public FlawedProvider() {
    this(Flaw.NONE);
  }

  FlawedProvider(Flaw flaw) {
    this.flaw = flaw;
  }

  @Override
  public String name() {
    return flaw == Flaw.NAMES_ITSELF_IN_UPPER_CASE ? "Flawed" : "flawed";
  }

  @Override
  public List<ProviderOption> options() {
    return switch (flaw) {
      case HAS_AN_OPTION_TWICE -> List.of(MEETS, KEY, KEY);
      case HAS_A_SECRET_DEFAULT -> List.of(MEETS, KEY.withDefault("guess"));
      default -> List.of(MEETS, KEY);
    };
  }

  @Override
  public SessionToken obtain(ProviderContext context)
      throws SessionTokenException, InterruptedException {
    misbehave(context);
    if (flaw == Flaw.KEEPS_ITS_TOKEN && kept != null) return kept;
    return switch (context.option("meets").orElse("")) {
      case "friend" -> token();
      case "foe" -> throw refusal(context);
      case "silence" -> wait(context.deadline());
      default -> throw missing();
    };
  }

  private void misbehave(ProviderContext context) {
    switch (flaw) {
      case PRINTS -> System.out.println("hello");
      case LOGS -> System.err.println("hello");
      case READS_ITS_INPUT -> read();
      case CLOSES_ITS_OUTPUT -> System.setOut(System.err);
      case LEAVES_A_THREAD -> Thread.ofPlatform().daemon().start(FlawedProvider::stay);
      case STEPS_TELL_THE_SECRET -> context.step("try " + context.option("key").orElse(""));
      case SWALLOWS_THE_FLAG -> Thread.interrupted();
      default -> {}
    }
  }

  /** Only from the stand-in: what comes otherwise is how the build steers this process. */
  private static void read() {
    if (System.in instanceof ByteArrayInputStream in) in.read();
  }

  private static void stay() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private SessionToken token() {
    var expiry = flaw == Flaw.GIVES_STALE_TOKENS ? Instant.EPOCH : Instant.MAX;
    var token = new SessionToken("token-of-the-flawed", Optional.of(expiry));
    if (flaw == Flaw.KEEPS_ITS_TOKEN) kept = token;
    return token;
  }

  private SessionTokenException refusal(ProviderContext context) {
    String problem =
        switch (flaw) {
          case MESSAGES_TELL_THE_SECRET -> "not with " + context.option("key").orElse("");
          case SAYS_IT_IN_TWO_LINES -> "no\nand no again";
          default -> "no";
        };
    return flaw == Flaw.CALLS_A_REFUSAL_AN_OUTAGE
        ? new Unreachable("ask", problem, "wait", null)
        : new Rejected("ask", problem, "ask nicely", null);
  }

  private SessionTokenException missing() {
    return switch (flaw) {
      case CALLS_A_GAP_A_REFUSAL -> new Rejected("ask", "nobody there", "", null);
      case GIVES_NO_HINT -> new NotConfigured("ask", "nobody there", "", null);
      default -> new NotConfigured("ask", "nobody there", "be there", null);
    };
  }

  private SessionToken wait(Deadline deadline) throws SessionTokenException, InterruptedException {
    try {
      var limit = endless() ? Duration.ofMinutes(1) : deadline.remaining().dividedBy(20);
      new CountDownLatch(1).await(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      switch (flaw) {
        case WRAPS_THE_INTERRUPT -> throw new Unreachable("ask", "interrupted", "", e);
        case LEAVES_THE_FLAG -> Thread.currentThread().interrupt();
        default -> {}
      }
      throw e;
    }
    if (flaw == Flaw.THROWS_ITS_OWN) throw new IllegalStateException("no answer");
    throw new Unreachable("ask", "no answer", "wait longer", null);
  }

  /** Only on the thread that the test of deadlines gives up: the others would wait for it. */
  private boolean endless() {
    return flaw == Flaw.KNOWS_NO_DEADLINE && Thread.currentThread().isDaemon();
  }

  @Override
  public String toString() {
    return "FlawedProvider[" + flaw + "]";
  }
}
