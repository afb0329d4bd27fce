package dev.sessiontoken.cli;

import dev.sessiontoken.http.HostAddresses;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolverProvider;
import java.util.stream.Stream;

/**
 * Resolves a host to the addresses that {@link HostAddresses} holds for it, the reachable one
 * first: {@code HttpClient} connects to the first address only. All other look-ups are the
 * system's.
 */
public final class ReachableAddressResolver extends InetAddressResolverProvider {

  @Override
  public InetAddressResolver get(Configuration configuration) {
    return new Resolver(configuration.builtinResolver());
  }

  @Override
  public String name() {
    return "answering first";
  }

  private record Resolver(InetAddressResolver system) implements InetAddressResolver {

    @Override
    public Stream<InetAddress> lookupByName(String host, LookupPolicy policy)
        throws UnknownHostException {
      var wanted = HostAddresses.of(host);
      return wanted.isPresent() ? wanted.get().stream() : system.lookupByName(host, policy);
    }

    @Override
    public String lookupByAddress(byte[] address) throws UnknownHostException {
      return system.lookupByAddress(address);
    }
  }
}
