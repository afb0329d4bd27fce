package dev.sessiontoken.http;

/**
 * Receives the steps of a call while they happen, for people who look for a fault. No step holds a
 * secret.
 *
 * <p>Methods are called on the thread that does the work, and must not block.
 */
@FunctionalInterface
public interface Trace {

  /** Returns a trace that ignores everything. */
  static Trace none() { // a method: the AOT cache would not hold a constant
    return new NoTrace();
  }

  /**
   * Returns whether steps are shown at all. Where they are not, a step that costs time to describe
   * is left out. True unless overridden.
   */
  default boolean isShown() {
    return true;
  }

  /**
   * Receives a step that begins or a finding.
   *
   * @param event one line, without a line end
   */
  void tell(String event);

  /**
   * Receives a finding that a person should see even if the call succeeds, such as a setting that
   * the deployment ignores. As {@link #tell} unless overridden.
   *
   * @param event one line, without a line end
   */
  default void notice(String event) {
    tell(event);
  }

  /**
   * Receives what a provider tells a person while the call goes on, such as where to log in. As
   * {@link #notice} unless overridden.
   *
   * @param line one line, without a line end
   */
  default void say(String line) {
    notice(line);
  }

  /**
   * Receives the end of a phase, for measurements. Does nothing unless overridden.
   *
   * @param phase {@code connection}, once, when the first connection is ready, TLS included; or
   *     {@code answer}, for each answer
   */
  default void ended(String phase) {}

  /**
   * Receives a value that must not be shown, as soon as it is known: a token, a header's value, a
   * password. For a program that hides secrets in all that it writes. Does nothing unless
   * overridden.
   */
  default void secret(String value) {}
}
