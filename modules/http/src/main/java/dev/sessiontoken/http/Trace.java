package dev.sessiontoken.http;

/**
 * Told what happens while it happens, for people who look for a fault. Never told a secret.
 *
 * <p>Called from the thread that does the work; must not block.
 */
@FunctionalInterface
public interface Trace {

  /** One that tells nobody. */
  static Trace none() { // a constant would have to be made anew at each start: no cache holds it
    return event -> {};
  }

  /**
   * What begins or has just been found out.
   *
   * @param event one line, without its end
   */
  void tell(String event);

  /**
   * A phase of the first call has ended, for those who measure: {@code connection} with TLS agreed,
   * or {@code answer}. Later calls may end the latter again.
   *
   * @param phase its name
   */
  default void ended(String phase) {}
}
