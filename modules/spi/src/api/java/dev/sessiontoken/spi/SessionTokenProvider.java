package dev.sessiontoken.spi;

import java.util.List;
import java.util.Optional;

/**
 * Obtains a session token from one kind of source, such as a file or a cloud's identity service.
 *
 * <p>An implementation is a public class with a public constructor without parameters; {@link
 * java.util.ServiceLoader} creates an instance whenever a program looks for a provider by its name,
 * so the constructor does no work. An instance keeps no state, leaves no thread, prints nothing and
 * reads no environment variable: values come from the {@link ProviderContext}. Many threads call
 * one instance at once. It does not keep tokens: {@code SessionTokenSource} of {@code
 * dev.sessiontoken.discovery} does so for all providers.
 *
 * <p>{@code ProviderContractTest} of {@code dev.sessiontoken.testkit} checks these rules.
 */
public interface SessionTokenProvider {

  /**
   * Returns the name that {@code --auth} takes: 1 to 63 lower case letters, digits and hyphens,
   * beginning with a letter or digit, unlike that of any other provider. Never null, always the
   * same. Does not block.
   */
  String name();

  /**
   * Returns the settings that this provider takes, in the order in which help shows them. Never
   * null, always the same. Does not block. The default returns none.
   */
  default List<ProviderOption> options() {
    return List.of();
  }

  /**
   * Returns whether {@link #obtain} may return another token than before, so that it is called once
   * more after the deployment has refused a token. The default returns true; a provider of one
   * fixed value returns false. Does not block.
   */
  default boolean renews() {
    return true;
  }

  /**
   * Returns what this machine lacks for this provider, as far as local files tell: for a chain of
   * providers, which then goes on to the next one instead of calling {@link #obtain}. Never null.
   * Sends nothing, and does not block. The default returns that nothing is known to be lacking.
   *
   * @param context as {@link #obtain} would get it
   * @return one clause, such as {@code this is no machine of the cloud}; empty if nothing is known
   *     to be lacking
   */
  default Optional<String> lacks(ProviderContext context) {
    return Optional.empty();
  }

  /**
   * Obtains a token anew. May block until the context's deadline, not longer.
   *
   * @param context option values, deadline, and the way to the deployment; for this call only
   * @return the token, never null
   * @throws SessionTokenException if there is no token; its four kinds say whether something is
   *     missing, was refused, could not be reached, or answered what cannot be used
   * @throws InterruptedException if the calling thread was interrupted; never wrapped in another
   *     exception
   */
  SessionToken obtain(ProviderContext context) throws SessionTokenException, InterruptedException;
}
