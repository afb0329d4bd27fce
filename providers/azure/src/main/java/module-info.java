import dev.sessiontoken.provider.azure.AzureInstanceIdentity;
import dev.sessiontoken.spi.SessionTokenProvider;

/** Trades the attested document of an Azure machine for a session token. */
@org.jspecify.annotations.NullMarked
module dev.sessiontoken.provider.azure {
  requires static org.jspecify; // annotations only: not needed at run time
  requires dev.sessiontoken.http;

  provides SessionTokenProvider with
      AzureInstanceIdentity; // exports nothing
}
