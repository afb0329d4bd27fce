package dev.sessiontoken.http.proxy;

import dev.sessiontoken.spi.Printable;
import dev.sessiontoken.spi.SessionTokenException.NotConfigured;
import java.net.ProxySelector;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Chooses the proxy for a URL from the environment: {@code HTTPS_PROXY}, {@code HTTP_PROXY} and
 * {@code NO_PROXY}, or these names in lower case, by the rules of Go's {@code httpproxy}; {@code
 * ALL_PROXY} for a scheme without a variable, as curl does. Empty variables count as unset. {@code
 * localhost} and loopback addresses are never reached through a proxy. Immutable.
 */
public final class Proxies {
  private final Map<String, String> environment;
  private final NoProxy noProxy;

  private Proxies(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
    this.noProxy = NoProxy.of(variable("NO_PROXY").map(Variable::value).orElse(""));
  }

  /**
   * The choice for one URL.
   *
   * @param proxy the proxy; empty to connect directly
   * @param reason the reason, as a phrase without secrets, such as {@code no proxy: NO_PROXY
   *     matches .corp}
   */
  public record Choice(Optional<Proxy> proxy, String reason) {}

  private record Variable(String name, String value) {

    /** Leaves the value out, which may hold a password. */
    @Override
    public String toString() {
      return name;
    }
  }

  /** Returns the proxies of an environment. Values are checked when a URL needs them. */
  public static Proxies from(Map<String, String> environment) {
    return new Proxies(environment);
  }

  /**
   * Returns the proxy for a URL.
   *
   * @throws NotConfigured if the value of the variable for its scheme is not an {@code http} URL
   */
  Optional<Proxy> forUri(URI uri) throws NotConfigured {
    return choose(uri, Optional.empty()).proxy();
  }

  /**
   * Returns the proxy for a URL, and the reason for the choice.
   *
   * @param jvm asked if no variable names a proxy for the URL's scheme, and {@code NO_PROXY} does
   *     not name the host; empty for no proxy then
   * @throws NotConfigured if the value of the variable for its scheme is not an {@code http} URL,
   *     or the selector fails
   */
  public Choice choose(URI uri, Optional<ProxySelector> jvm) throws NotConfigured {
    var variable = variableFor(scheme(uri));
    if (variable.isEmpty()) {
      return jvm.isEmpty()
          ? direct("none is set for " + scheme(uri) + "://")
          : unlessExcepted(uri, jvm.get());
    }
    var target = target(uri);
    if (target.host().equals("localhost")) return direct("localhost");
    var isLoopback = target.address().filter(address -> address.isLoopbackAddress()).isPresent();
    if (isLoopback) return direct("loopback address");
    var match = noProxy.match(target);
    if (match.isPresent()) return direct("NO_PROXY matches " + Printable.of(match.get()));
    var proxy = new ProxyUrl(variable.get().name(), variable.get().value()).parse();
    var reason =
        "proxy " + Printable.of(proxy.host()) + ":" + proxy.port() + " from " + proxy.origin();
    return new Choice(Optional.of(proxy), reason);
  }

  private Choice unlessExcepted(URI uri, ProxySelector jvm) throws NotConfigured {
    var match = noProxy.match(target(uri));
    return match.isPresent()
        ? direct("NO_PROXY matches " + Printable.of(match.get()))
        : new SelectedProxy("the JVM's ProxySelector", jvm).choose(uri);
  }

  static Choice direct(String why) {
    return new Choice(Optional.empty(), "no proxy: " + why);
  }

  private Optional<Variable> variableFor(String scheme) {
    return switch (scheme) {
      case "https" -> variable("HTTPS_PROXY").or(() -> variable("ALL_PROXY"));
      case "http" -> httpVariable().or(() -> variable("ALL_PROXY"));
      default -> Optional.empty();
    };
  }

  /** Ignores HTTP_PROXY in CGI scripts, where it is a client's {@code Proxy} header ("httpoxy"). */
  private Optional<Variable> httpVariable() {
    var isCgi = !environment.getOrDefault("REQUEST_METHOD", "").isEmpty();
    return isCgi ? named("http_proxy") : variable("HTTP_PROXY");
  }

  private Optional<Variable> variable(String name) {
    return named(name).or(() -> named(name.toLowerCase(Locale.ROOT)));
  }

  private Optional<Variable> named(String name) {
    var value = environment.getOrDefault(name, "");
    return value.isEmpty() ? Optional.empty() : Optional.of(new Variable(name, value));
  }

  private static String scheme(URI uri) {
    return uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
  }

  private static NoProxy.Target target(URI uri) {
    var authority = uri.getRawAuthority() == null ? "" : uri.getRawAuthority();
    var address = HostPort.of(authority.substring(authority.lastIndexOf('@') + 1));
    var host = address.map(HostPort::host).orElse("");
    int port = address.map(HostPort::port).map(HostPort::number).orElse(-1);
    int usual = scheme(uri).equals("https") ? 443 : 80;
    return NoProxy.Target.of(host, port < 0 ? usual : port);
  }
}
