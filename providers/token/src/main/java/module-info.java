import dev.sessiontoken.provider.token.GivenToken;
import dev.sessiontoken.spi.SessionTokenProvider;

/**
 * Hands on the session token that the user gave: the provider {@code token}, the default. One
 * class, {@link dev.sessiontoken.provider.token.GivenToken}, found as a service: nothing is
 * exported.
 */
@org.jspecify.annotations.NullMarked
module dev.sessiontoken.provider.token {
  requires static org.jspecify; // annotations only: not needed at run time
  requires dev.sessiontoken.spi;

  provides SessionTokenProvider with
      GivenToken; // exports nothing
}
