package dev.sessiontoken.http.proxy;

import dev.sessiontoken.spi.Printable;
import dev.sessiontoken.spi.SessionTokenException.NotConfigured;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The proxies of the environment, as Go's {@code httpproxy} takes them from {@code HTTPS_PROXY},
 * {@code HTTP_PROXY} and {@code NO_PROXY}, or their names in lower case; with {@code ALL_PROXY} for
 * schemes that have none, as curl does. Empty variables count as unset. The host itself is never
 * reached through a proxy. Immutable.
 */
public final class Proxies {
  private final Map<String, String> environment;
  private final NoProxy noProxy;

  private Proxies(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
    this.noProxy = NoProxy.of(variable("NO_PROXY").map(Variable::value).orElse(""));
  }

  /**
   * What holds for one URL.
   *
   * @param proxy empty to go straight
   * @param reason why, in a few words without secrets, such as {@code no proxy: NO_PROXY matches
   *     .corp}
   */
  public record Choice(Optional<Proxy> proxy, String reason) {}

  private record Variable(String name, String value) {

    /** Leaves the value out, which may hold a password. */
    @Override
    public String toString() {
      return name;
    }
  }

  /** Those of the given environment; what is wrong with them is said when they are needed. */
  public static Proxies from(Map<String, String> environment) {
    return new Proxies(environment);
  }

  /**
   * The proxy for a URL.
   *
   * @throws NotConfigured if the variable that counts is no {@code http://} URL
   */
  Optional<Proxy> forUri(URI uri) throws NotConfigured {
    return choose(uri).proxy();
  }

  /** As {@link #forUri(URI)}, with the reason. */
  public Choice choose(URI uri) throws NotConfigured {
    var variable = variableFor(scheme(uri));
    if (variable.isEmpty()) return straight("none is set for " + scheme(uri) + "://");
    var target = target(uri);
    if (target.host().equals("localhost")) return straight("localhost");
    var isLoopback = target.address().filter(address -> address.isLoopbackAddress()).isPresent();
    if (isLoopback) return straight("loopback address");
    var match = noProxy.match(target);
    if (match.isPresent()) return straight("NO_PROXY matches " + Printable.of(match.get()));
    var proxy = new ProxyUrl(variable.get().name(), variable.get().value()).parse();
    var reason =
        "proxy " + Printable.of(proxy.host()) + ":" + proxy.port() + " from " + proxy.origin();
    return new Choice(Optional.of(proxy), reason);
  }

  private static Choice straight(String why) {
    return new Choice(Optional.empty(), "no proxy: " + why);
  }

  private Optional<Variable> variableFor(String scheme) {
    return switch (scheme) {
      case "https" -> variable("HTTPS_PROXY").or(() -> variable("ALL_PROXY"));
      case "http" -> plain().or(() -> variable("ALL_PROXY"));
      default -> Optional.empty();
    };
  }

  /** A CGI script's HTTP_PROXY is the Proxy header of whoever asked it, not the administrator's. */
  private Optional<Variable> plain() {
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
