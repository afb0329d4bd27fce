package dev.sessiontoken.testkit;

import dev.sessiontoken.spi.ProviderContext;

/**
 * A place in which {@link ProviderContractTest} tries a provider, or why there is no such place.
 */
public sealed interface Situation {

  /**
   * A place to try the provider in.
   *
   * @param context what the provider is given there
   */
  record Place(ProviderContext context) implements Situation {

    /** Leaves the context out: its options may be secrets. */
    @Override
    public String toString() {
      return "Place";
    }
  }

  /**
   * The provider cannot come into this situation. Tests that need it are reported as skipped.
   *
   * @param reason shown in the report, such as {@code it asks nobody}
   */
  record Missing(String reason) implements Situation {}

  /** The situation of a provider that is given this context. */
  static Situation in(ProviderContext context) {
    return new Place(context);
  }

  /** No such situation, for a reason that the report of the tests shows. */
  static Situation doesNotApply(String reason) {
    return new Missing(reason);
  }
}
