package dev.sessiontoken.http;

/**
 * Told what happens while it happens, for people who look for a fault. Never told a secret.
 *
 * <p>Called from the thread that does the work; must not block.
 */
@FunctionalInterface
public interface Trace {

  /** Tells nobody. */
  Trace NONE = event -> {};

  /**
   * What begins or has just been found out.
   *
   * @param event one line, without its end
   */
  void tell(String event);

  /**
   * A phase of the first call has ended, for those who measure: {@code connection} with TLS agreed,
   * or {@code answer}. Later calls may end them again.
   *
   * @param phase its name
   */
  default void ended(String phase) {}
}
