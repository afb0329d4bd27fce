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

/** A correct provider except for one flaw. Its option has the state of the service it calls. */
public class FlawedProvider implements SessionTokenProvider {
  static final String SECRET = "s3cr3t-of-an-option";

  private static final ProviderOption SERVICE =
      ProviderOption.plain("service", "SERVICE", "state of the service");
  private static final ProviderOption KEY = ProviderOption.secret("key", "KEY", "opens it");

  private final Flaw flaw;
  private @Nullable SessionToken kept;

  /** Constructor for the service loader. */
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
      case HAS_AN_OPTION_TWICE -> List.of(SERVICE, KEY, KEY);
      case HAS_A_SECRET_DEFAULT -> List.of(SERVICE, KEY.withDefault("guess"));
      default -> List.of(SERVICE, KEY);
    };
  }

  @Override
  public SessionToken obtain(ProviderContext context)
      throws SessionTokenException, InterruptedException {
    sideEffect(context);
    if (flaw == Flaw.KEEPS_ITS_TOKEN && kept != null) return kept;
    return switch (context.option("service").orElse("")) {
      case "works" -> token();
      case "refuses" -> throw refusal(context);
      case "silent" -> wait(context.deadline());
      default -> throw missing();
    };
  }

  private void sideEffect(ProviderContext context) {
    switch (flaw) {
      case PRINTS -> System.out.println("hello");
      case LOGS -> System.err.println("hello");
      case READS_ITS_INPUT -> read();
      case CLOSES_ITS_OUTPUT -> System.setOut(System.err);
      case LEAVES_A_THREAD -> Thread.ofPlatform().daemon().start(FlawedProvider::waitForever);
      case STEPS_CONTAIN_THE_SECRET -> context.step("try " + context.option("key").orElse(""));
      case TELLS_A_PERSON_THE_SECRET -> context.tell("use " + context.option("key").orElse(""));
      case CLEARS_THE_INTERRUPT_FLAG -> Thread.interrupted();
      default -> {}
    }
  }

  /** Reads only a replaced standard input: the real one carries commands of the build. */
  private static void read() {
    if (System.in instanceof ByteArrayInputStream in) in.read();
  }

  private static void waitForever() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private SessionToken token() {
    var expiry = flaw == Flaw.RETURNS_EXPIRED_TOKENS ? Instant.EPOCH : Instant.MAX;
    var token = new SessionToken("token-of-the-flawed", Optional.of(expiry));
    if (flaw == Flaw.KEEPS_ITS_TOKEN) kept = token;
    return token;
  }

  private SessionTokenException refusal(ProviderContext context) {
    String problem =
        switch (flaw) {
          case MESSAGES_CONTAIN_THE_SECRET -> "not with " + context.option("key").orElse("");
          case MESSAGE_OF_TWO_LINES -> "no\nand no again";
          default -> "no";
        };
    return flaw == Flaw.REPORTS_A_REFUSAL_AS_AN_OUTAGE
        ? new Unreachable("ask", problem, "wait", null)
        : new Rejected("ask", problem, "ask nicely", null);
  }

  private SessionTokenException missing() {
    return switch (flaw) {
      case REPORTS_MISSING_SETTINGS_AS_A_REFUSAL -> new Rejected("ask", "not configured", "", null);
      case HAS_NO_HINT -> new NotConfigured("ask", "not configured", "", null);
      default -> new NotConfigured("ask", "not configured", "configure it", null);
    };
  }

  private SessionToken wait(Deadline deadline) throws SessionTokenException, InterruptedException {
    try {
      var limit = ignoresDeadline() ? Duration.ofMinutes(1) : deadline.remaining().dividedBy(20);
      new CountDownLatch(1).await(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      switch (flaw) {
        case WRAPS_THE_INTERRUPT -> throw new Unreachable("ask", "interrupted", "", e);
        case LEAVES_THE_INTERRUPT_FLAG_SET -> Thread.currentThread().interrupt();
        default -> {}
      }
      throw e;
    }
    if (flaw == Flaw.THROWS_ANOTHER_EXCEPTION) throw new IllegalStateException("no answer");
    throw new Unreachable("ask", "no answer", "wait longer", null);
  }

  /** Only on the daemon thread that the deadline test abandons: other tests would hang. */
  private boolean ignoresDeadline() {
    return flaw == Flaw.IGNORES_THE_DEADLINE && Thread.currentThread().isDaemon();
  }

  @Override
  public String toString() {
    return "FlawedProvider[" + flaw + "]";
  }
}
