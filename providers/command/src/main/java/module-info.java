import dev.sessiontoken.provider.command.TokenCommand;
import dev.sessiontoken.spi.SessionTokenProvider;

/**
 * Takes a session token from the output of a program of the user: the provider {@code command}.
 * Begin with {@link dev.sessiontoken.provider.command.TokenCommand}, found as a service: nothing is
 * exported.
 */
@org.jspecify.annotations.NullMarked
module dev.sessiontoken.provider.command {
  requires static org.jspecify; // annotations only: not needed at run time
  requires dev.sessiontoken.process;
  requires jakarta.json;

  provides SessionTokenProvider with
      TokenCommand; // exports nothing
}
