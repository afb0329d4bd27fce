package troublemakers;

import dev.sessiontoken.spi.ProviderContext;
import dev.sessiontoken.spi.SessionToken;
import dev.sessiontoken.spi.SessionTokenProvider;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;

/** Providers that break the rules. They share nothing with the tests but the JDK's classes. */
public final class Troublemakers {
  private Troublemakers() {}

  /** Ignores its deadline and every interrupt, until a latch among the system properties opens. */
  public static final class NeverEnds implements SessionTokenProvider {
    static final String LATCH = "troublemakers.latch";

    @Override
    public String name() {
      return "never-ends";
    }

    @Override
    public SessionToken obtain(ProviderContext context) {
      var latch = (CountDownLatch) Objects.requireNonNull(System.getProperties().get(LATCH));
      while (true) {
        try {
          latch.await();
          return SessionToken.of("late");
        } catch (InterruptedException _) {
          continue;
        }
      }
    }
  }

  /** Throws an unchecked exception with a secret in its message. */
  public static final class Throws implements SessionTokenProvider {
    @Override
    public String name() {
      return "throws";
    }

    @Override
    public SessionToken obtain(ProviderContext context) {
      throw new IllegalStateException("s3cr3t", new RuntimeException("s3cr3t"));
    }
  }

  /** Cannot be linked. */
  public static final class Errs implements SessionTokenProvider {
    @Override
    public String name() {
      return "errs";
    }

    @Override
    public SessionToken obtain(ProviderContext context) {
      throw new NoClassDefFoundError("s3cr3t");
    }
  }

  /** Never stops calling itself. */
  public static final class Overflows implements SessionTokenProvider {
    @Override
    public String name() {
      return "overflows";
    }

    @Override
    public SessionToken obtain(ProviderContext context) {
      return obtain(context);
    }
  }

  /** Returns null. */
  public static final class GivesNull implements SessionTokenProvider {
    @Override
    public String name() {
      return "gives-null";
    }

    @Override
    public SessionToken obtain(ProviderContext context) {
      return null;
    }
  }
}
