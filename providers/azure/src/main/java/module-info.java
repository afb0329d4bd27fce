import dev.sessiontoken.provider.azure.AzureInstanceIdentity;
import dev.sessiontoken.spi.SessionTokenProvider;

/**
 * Exchanges the attested document of an Azure machine for a session token: the provider {@code
 * azure-instance-identity}. One class, {@link
 * dev.sessiontoken.provider.azure.AzureInstanceIdentity}, found as a service: nothing is exported.
 */
@org.jspecify.annotations.NullMarked
module dev.sessiontoken.provider.azure {
  requires static org.jspecify; // annotations only: not needed at run time
  requires dev.sessiontoken.http;

  provides SessionTokenProvider with
      AzureInstanceIdentity; // exports nothing
}
