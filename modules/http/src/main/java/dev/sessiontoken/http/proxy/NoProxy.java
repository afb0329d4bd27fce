package dev.sessiontoken.http.proxy;

import java.net.IDN;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The hosts to reach without a proxy, by the rules of Go's {@code golang.org/x/net/http/httpproxy}.
 */
final class NoProxy {
  private final List<Rule> rules;

  private NoProxy(List<Rule> rules) {
    this.rules = List.copyOf(rules);
  }

  /** A host in lower case and ASCII, its port, and its address if the host is an address. */
  record Target(String host, int port, Optional<InetAddress> address) {
    static Target of(String host, int port) {
      var name = ascii(host.toLowerCase(Locale.ROOT));
      return new Target(name, port, IpAddress.parse(name));
    }
  }

  /** One entry of the list, as text and as a condition. */
  private record Rule(String text, Match match) {}

  private interface Match {
    boolean holds(Target target);
  }

  /** Reads a comma-separated list; invalid entries match nothing. */
  static NoProxy of(String list) {
    var rules = new ArrayList<Rule>();
    for (var entry : list.split(",", -1)) {
      var text = entry.strip().toLowerCase(Locale.ROOT);
      var match = match(text);
      if (match != null) rules.add(new Rule(text, match));
    }
    return new NoProxy(rules);
  }

  /** Returns the text of the first entry that matches. */
  Optional<String> match(Target target) {
    return rules.stream().filter(rule -> rule.match().holds(target)).map(Rule::text).findFirst();
  }

  private static @Nullable Match match(String text) {
    if (text.equals("*")) return target -> true;
    var network = network(text);
    if (network != null) return network;
    var parts = HostPort.of(text); // empty for an IPv6 address without brackets
    var host = parts.map(HostPort::host).orElse(text);
    if (host.isEmpty()) return null;
    var port = parts.map(HostPort::port).orElse("");
    var address = IpAddress.parse(host);
    if (address.isPresent()) return address(address.get(), port);
    return domain(host, port);
  }

  private static @Nullable Match network(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) return null;
    var base = IpAddress.parse(text.substring(0, slash));
    int bits = HostPort.number(text.substring(slash + 1));
    boolean isSix = text.indexOf(':') >= 0;
    if (base.isEmpty() || bits < 0 || bits > (isSix ? 128 : 32)) return null;
    var prefix = base.get().getAddress();
    int length =
        isSix && prefix.length == 4
            ? Math.max(0, bits - 96)
            : bits; // an IPv4 address mapped to IPv6
    return target ->
        target.address().map(InetAddress::getAddress).stream()
            .anyMatch(address -> isInside(address, prefix, length));
  }

  private static boolean isInside(byte[] address, byte[] prefix, int bits) {
    if (address.length != prefix.length) return false;
    int whole = bits / 8;
    for (int i = 0; i < whole; i++) if (address[i] != prefix[i]) return false;
    int rest = bits % 8;
    return rest == 0 || ((address[whole] ^ prefix[whole]) & (0xff00 >> rest) & 0xff) == 0;
  }

  private static Match address(InetAddress address, String port) {
    return target -> target.address().filter(address::equals).isPresent() && isPort(port, target);
  }

  private static Match domain(String host, String port) {
    var pattern = host.startsWith("*.") ? host.substring(1) : host;
    boolean isSubOnly = pattern.startsWith(".");
    var suffix = ascii(isSubOnly ? pattern : "." + pattern);
    return target ->
        (target.host().endsWith(suffix)
                || (!isSubOnly && target.host().equals(suffix.substring(1))))
            && target.host().indexOf(':') < 0 // an address with a zone is not in a domain
            && isPort(port, target);
  }

  private static boolean isPort(String port, Target target) {
    return port.isEmpty() || port.equals(Integer.toString(target.port()));
  }

  private static String ascii(String name) {
    if (name.chars().allMatch(c -> c < 0x80)) return name;
    try {
      return name.startsWith(".") ? "." + IDN.toASCII(name.substring(1)) : IDN.toASCII(name);
    } catch (IllegalArgumentException e) {
      return name;
    }
  }
}
