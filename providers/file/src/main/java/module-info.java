import dev.sessiontoken.provider.file.TokenFile;
import dev.sessiontoken.spi.SessionTokenProvider;

/**
 * Reads a session token from a file: the provider {@code token-file}. One class, {@link
 * dev.sessiontoken.provider.file.TokenFile}, found as a service: nothing is exported.
 */
@org.jspecify.annotations.NullMarked
module dev.sessiontoken.provider.file {
  requires static org.jspecify; // annotations only: not needed at run time
  requires dev.sessiontoken.spi;

  provides SessionTokenProvider with
      TokenFile; // exports nothing
}
