package dev.sessiontoken.http;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * The addresses to which a client of this module connects, in the order in which they are tried.
 *
 * <p>{@code HttpClient} looks host names up itself and connects to the first address only. A
 * program whose calls must survive an unreachable first address provides an {@code
 * InetAddressResolverProvider} that calls {@link #of} before it asks the system. The JVM has one
 * such provider for all code, so this module provides none.
 */
public final class HostAddresses {
  private static final ScopedValue<HostAddresses> CURRENT = ScopedValue.newInstance();
  private static final HostAddresses NONE = new HostAddresses("", List.of());

  private final String host;
  private final List<InetAddress> addresses;

  private HostAddresses(String host, List<InetAddress> addresses) {
    this.host = host;
    this.addresses = List.copyOf(addresses);
  }

  /**
   * Returns the addresses that the calling thread must use for a host. Does not block.
   *
   * @param host the name that is being looked up
   * @return the addresses, the one to connect to first; empty if the system is to be asked
   */
  public static Optional<List<InetAddress>> of(String host) {
    var current = CURRENT.orElse(NONE);
    if (current.addresses.isEmpty() || !current.host.equalsIgnoreCase(host)) {
      return Optional.empty();
    }
    return Optional.of(current.addresses);
  }

  /** Calls an operation in which these addresses are used for the host; none for the system's. */
  static <T> T use(
      String host, List<InetAddress> addresses, ScopedValue.CallableOp<T, RuntimeException> begin) {
    return ScopedValue.where(CURRENT, new HostAddresses(host, addresses)).call(begin);
  }

  /** Returns whether the calling thread is in such an operation. */
  static boolean isBound() {
    return CURRENT.isBound();
  }
}
