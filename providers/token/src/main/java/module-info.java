import dev.sessiontoken.provider.token.GivenToken;
import dev.sessiontoken.spi.SessionTokenProvider;

/** A session token that the user gave. */
@org.jspecify.annotations.NullMarked
module dev.sessiontoken.provider.token {
  requires static org.jspecify; // annotations only: not needed at run time
  requires dev.sessiontoken.spi;

  provides SessionTokenProvider with
      GivenToken; // exports nothing
}
