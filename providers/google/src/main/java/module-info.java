import dev.sessiontoken.provider.google.GoogleInstanceIdentity;
import dev.sessiontoken.spi.SessionTokenProvider;

/**
 * Exchanges the identity token of a Google Compute Engine machine for a session token: the provider
 * {@code google-instance-identity}. One class, {@link
 * dev.sessiontoken.provider.google.GoogleInstanceIdentity}, found as a service: nothing is
 * exported.
 */
@org.jspecify.annotations.NullMarked
module dev.sessiontoken.provider.google {
  requires static org.jspecify; // annotations only: not needed at run time
  requires dev.sessiontoken.http;

  provides SessionTokenProvider with
      GoogleInstanceIdentity; // exports nothing
}
