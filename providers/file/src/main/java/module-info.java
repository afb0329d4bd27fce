import dev.sessiontoken.provider.file.TokenFile;
import dev.sessiontoken.spi.SessionTokenProvider;

/** A session token that lies in a file. */
@org.jspecify.annotations.NullMarked
module dev.sessiontoken.provider.file {
  requires static org.jspecify; // annotations only: not needed at run time
  requires dev.sessiontoken.spi;

  provides SessionTokenProvider with
      TokenFile; // exports nothing
}
