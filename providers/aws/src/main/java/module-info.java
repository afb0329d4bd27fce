import dev.sessiontoken.provider.aws.AwsInstanceIdentity;
import dev.sessiontoken.spi.SessionTokenProvider;

/**
 * Exchanges the identity document of an EC2 machine for a session token: the provider {@code
 * aws-instance-identity}. One class, {@link dev.sessiontoken.provider.aws.AwsInstanceIdentity},
 * found as a service: nothing is exported.
 */
@org.jspecify.annotations.NullMarked
module dev.sessiontoken.provider.aws {
  requires static org.jspecify; // annotations only: not needed at run time
  requires dev.sessiontoken.http;

  provides SessionTokenProvider with
      AwsInstanceIdentity; // exports nothing
}
