package dev.sessiontoken.testkit;

import dev.sessiontoken.spi.ProviderContext;

/**
 * The context in which {@link ProviderContractTest} calls a provider, or the reason why there is
 * none.
 */
public sealed interface Situation {

  /**
   * A context to call the provider in.
   *
   * @param context passed to the provider
   */
  record Place(ProviderContext context) implements Situation {

    /** Leaves the context out: its options may be secrets. */
    @Override
    public String toString() {
      return "Place";
    }
  }

  /**
   * The provider cannot be in this situation. Tests that need it are reported as skipped.
   *
   * @param reason shown in the report, such as {@code it sends no request}
   */
  record Missing(String reason) implements Situation {}

  /** Returns the situation of a provider that is called in this context. */
  static Situation in(ProviderContext context) {
    return new Place(context);
  }

  /** Returns that the provider cannot be in the situation; the tests' report shows the reason. */
  static Situation doesNotApply(String reason) {
    return new Missing(reason);
  }
}
