package dev.sessiontoken.http;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The addresses to which a client of this module connects, in the order in which they are tried.
 *
 * <p>{@code HttpClient} looks host names up itself and connects to the first address only. A
 * program whose calls must survive an unreachable first address provides an {@code
 * InetAddressResolverProvider} that calls {@link #of} before it asks the system. The JVM has one
 * such provider for all code, so this module provides none.
 */
public final class HostAddresses {
  private static final ThreadLocal<HostAddresses> CURRENT = new ThreadLocal<>();

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
    var current = CURRENT.get();
    if (current == null || current.addresses.isEmpty() || !current.host.equalsIgnoreCase(host)) {
      return Optional.empty();
    }
    return Optional.of(current.addresses);
  }

  /** Calls an operation in which these addresses are used for the host; none for the system's. */
  static <T> T use(String host, List<InetAddress> addresses, Supplier<T> begin) {
    var outer = CURRENT.get();
    CURRENT.set(new HostAddresses(host, addresses));
    try {
      return begin.get();
    } finally {
      if (outer == null) CURRENT.remove();
      else CURRENT.set(outer);
    }
  }

  /** Returns whether the calling thread is in such an operation. */
  static boolean isBound() {
    return CURRENT.get() != null;
  }
}
