import dev.sessiontoken.provider.google.GoogleInstanceIdentity;
import dev.sessiontoken.spi.SessionTokenProvider;

/** Trades the identity token of a Google Compute Engine machine for a session token. */
@org.jspecify.annotations.NullMarked
module dev.sessiontoken.provider.google {
  requires static org.jspecify; // annotations only: not needed at run time
  requires dev.sessiontoken.http;

  provides SessionTokenProvider with
      GoogleInstanceIdentity; // exports nothing
}
