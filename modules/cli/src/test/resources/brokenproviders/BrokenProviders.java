package brokenproviders;

import dev.sessiontoken.spi.ProviderContext;
import dev.sessiontoken.spi.SessionToken;
import dev.sessiontoken.spi.SessionTokenProvider;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;

/** Providers that break the contract. They and the tests share only classes of the JDK. */
public final class BrokenProviders {
  private BrokenProviders() {}

  /** Ignores its deadline and every interrupt until the latch in a system property opens. */
  public static final class NeverEnds implements SessionTokenProvider {
    static final String LATCH = "brokenproviders.latch";

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

  /** Throws a linkage error with a secret in its message. */
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

  /** Calls itself until the stack overflows. */
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
