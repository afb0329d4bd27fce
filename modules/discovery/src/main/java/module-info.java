import dev.sessiontoken.spi.SessionTokenProvider;

/**
 * Finds providers, linked in or in dropped-in jars, and keeps their tokens.
 *
 * <p>Used by the client and the command line; providers never see it. Begin with {@link
 * dev.sessiontoken.discovery.SessionTokenProviders}, which finds a provider by its name, and {@link
 * dev.sessiontoken.discovery.SessionTokenSource}, which obtains and keeps its token.
 */
@org.jspecify.annotations.NullMarked
module dev.sessiontoken.discovery {
  requires static transitive org.jspecify; // annotations only: not needed at run time
  requires transitive dev.sessiontoken.spi;

  exports dev.sessiontoken.discovery;

  uses SessionTokenProvider;
}
