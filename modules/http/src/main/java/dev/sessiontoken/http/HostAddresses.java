package dev.sessiontoken.http;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The addresses that a client of this module wants a host's name to stand for, while it connects.
 *
 * <p>{@code HttpClient} tries a host's first address only, and looks names up itself. A program
 * whose calls shall survive a dead first address has an {@code InetAddressResolverProvider} that
 * asks here first; the JVM takes one for all its code, so this module brings none.
 */
public final class HostAddresses {
  private static final ScopedValue<HostAddresses> WANTED = ScopedValue.newInstance();

  private final String host;
  private final List<InetAddress> addresses;

  private HostAddresses(String host, List<InetAddress> addresses) {
    this.host = host;
    this.addresses = List.copyOf(addresses);
  }

  /**
   * What the calling thread wants a name to stand for. Does not block.
   *
   * @param host as it is being looked up
   * @return the addresses, best first; empty if the name is to be looked up as ever
   */
  public static Optional<List<InetAddress>> of(String host) {
    var wanted = bound();
    if (wanted == null || wanted.addresses.isEmpty() || !wanted.host.equalsIgnoreCase(host)) {
      return Optional.empty();
    }
    return Optional.of(wanted.addresses);
  }

  /** Begins something on this thread that connects to a host, by these addresses if any. */
  static <T> T use(
      String host, List<InetAddress> addresses, ScopedValue.CallableOp<T, RuntimeException> begin) {
    return ScopedValue.where(WANTED, new HostAddresses(host, addresses)).call(begin);
  }

  /** Those of the calling thread, while it begins something. */
  static @Nullable HostAddresses bound() {
    return WANTED.isBound() ? WANTED.get() : null;
  }

  /** Goes on with what was begun, on this thread. */
  void run(Runnable work) {
    ScopedValue.where(WANTED, this).run(work);
  }
}
