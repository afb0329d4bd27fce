package dev.sessiontoken.http.proxy;

import dev.sessiontoken.spi.Printable;
import dev.sessiontoken.spi.SessionTokenException.NotConfigured;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The proxy that a {@code ProxySelector} names for a URL.
 *
 * @param name of the selector, for messages
 * @param selector asked in each call
 */
public record SelectedProxy(String name, ProxySelector selector) {

  /**
   * Returns the first entry for a URL that the JDK's HTTP client can use, and the reason: it knows
   * {@code HTTP} and {@code DIRECT}, and passes over {@code SOCKS}. Runs the selector, which may
   * block.
   *
   * @throws NotConfigured if the selector throws an exception
   */
  public Proxies.Choice choose(URI uri) throws NotConfigured {
    for (var entry : entries(uri)) {
      if (entry.type() == java.net.Proxy.Type.DIRECT) return Proxies.direct(name + " names none");
      boolean isHttp = entry.type() == java.net.Proxy.Type.HTTP;
      if (isHttp && entry.address() instanceof InetSocketAddress address) return through(address);
    }
    return Proxies.direct(name + " names none that speaks HTTP");
  }

  private List<java.net.Proxy> entries(URI uri) throws NotConfigured {
    try {
      @Nullable List<java.net.Proxy> entries = selector.select(uri);
      return entries == null ? List.of() : entries;
    } catch (RuntimeException e) {
      throw new NotConfigured(
          "choose the proxy", name + " fails with " + e.getClass().getName(), "repair it", e);
    }
  }

  private Proxies.Choice through(InetSocketAddress address) {
    var proxy = new Proxy(address.getHostString(), address.getPort(), Optional.empty(), name);
    String place = Printable.of(proxy.host()) + ":" + proxy.port();
    return new Proxies.Choice(Optional.of(proxy), "proxy " + place + " from " + name);
  }
}
