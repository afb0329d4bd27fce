package dev.sessiontoken.spi;

import java.util.List;

/**
 * Obtains a session token from one kind of place.
 *
 * <p>Found by {@link java.util.ServiceLoader} and created when names are looked up, so constructors
 * do no work. A provider keeps no state, starts no thread, prints nothing and reads no environment
 * of its own; it is called from many threads at once. It does not cache: {@code SessionTokenSource}
 * does that for all of them.
 */
public interface SessionTokenProvider {

  /**
   * What {@code --auth} takes: lower case letters, digits and hyphens, unique among those
   * installed. Never null, always the same, does not block.
   */
  String name();

  /**
   * The settings it takes, in the order in which help shows them. Never null, does not block. The
   * default takes none.
   */
  default List<ProviderOption> options() {
    return List.of();
  }

  /**
   * Whether asking again may give another token, so that a refused one is worth a second try. The
   * default says yes; a provider that only hands on a fixed value says no.
   */
  default boolean renews() {
    return true;
  }

  /**
   * Obtains a fresh token. May block until the context's deadline, not longer.
   *
   * @param context options, deadline and the way to the deployment
   * @return the token, never null
   * @throws SessionTokenException if there is none, by its kind: not configured, rejected,
   *     unreachable, or a bad answer
   * @throws InterruptedException if the calling thread was interrupted; never wrapped
   */
  SessionToken obtain(ProviderContext context) throws SessionTokenException, InterruptedException;
}
