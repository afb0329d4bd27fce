package dev.sessiontoken.http.proxy;

import dev.sessiontoken.spi.SessionTokenException.NotConfigured;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Parses the value of a proxy variable. Not by {@link java.net.URI}, whose messages quote
 * passwords: messages of this class quote nothing of the value.
 */
final class ProxyUrl {
  private static final String STEP = "choose the proxy";
  private static final Set<String> KNOWN =
      Set.of("https", "socks", "socks4", "socks4a", "socks5", "socks5h");

  private final String variable;
  private final String value;

  ProxyUrl(String variable, String value) {
    this.variable = variable;
    this.value = value.strip();
  }

  /**
   * Reads {@code [http://][user[:password]@]host[:port][/]}; without a port, it is 80.
   *
   * @throws NotConfigured if the value has another form
   */
  Proxy parse() throws NotConfigured {
    var rest = withoutScheme();
    int end = end(rest);
    if (rest.indexOf('@', end) >= 0) {
      throw wrong("has an @ behind its host", "percent-encode user and password");
    }
    var authority = rest.substring(0, end);
    int at = authority.lastIndexOf('@');
    var address = HostPort.of(authority.substring(at + 1));
    if (address.isEmpty() || !isHost(address.get().host())) throw noUrl();
    var credentials = at < 0 ? Optional.<Proxy.Credentials>empty() : credentials(authority, at);
    return new Proxy(address.get().host(), port(address.get()), credentials, variable);
  }

  private String withoutScheme() throws NotConfigured {
    int colon = value.indexOf("://");
    if (colon < 0) return value;
    var scheme = value.substring(0, colon).toLowerCase(Locale.ROOT);
    if (scheme.equals("http")) return value.substring(colon + 3);
    if (!KNOWN.contains(scheme)) throw noUrl();
    throw wrong("names a proxy that speaks " + scheme, "name one with http://");
  }

  private static int end(String rest) {
    for (int i = 0; i < rest.length(); i++) if ("/?#".indexOf(rest.charAt(i)) >= 0) return i;
    return rest.length();
  }

  private static boolean isHost(String host) {
    return !host.isEmpty()
        && host.chars().allMatch(c -> c > ' ' && c != 0x7f && "\"<>\\^`{|}[]@".indexOf(c) < 0);
  }

  private int port(HostPort address) throws NotConfigured {
    if (address.port().isEmpty()) return 80;
    int port = HostPort.number(address.port());
    if (port < 1 || port > 65535) throw noUrl();
    return port;
  }

  private Optional<Proxy.Credentials> credentials(String authority, int at) throws NotConfigured {
    var userinfo = authority.substring(0, at);
    int colon = userinfo.indexOf(':');
    var user = colon < 0 ? userinfo : userinfo.substring(0, colon);
    var password = colon < 0 ? "" : userinfo.substring(colon + 1);
    return Optional.of(new Proxy.Credentials(decoded(user), decoded(password)));
  }

  private String decoded(String text) throws NotConfigured {
    var bytes = new ByteArrayOutputStream();
    for (int i = 0; i < text.length(); ) {
      if (text.charAt(i) == '%') {
        bytes.write(escaped(text, i));
        i += 3;
      } else {
        int point = text.codePointAt(i);
        bytes.writeBytes(Character.toString(point).getBytes(StandardCharsets.UTF_8));
        i += Character.charCount(point);
      }
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private int escaped(String text, int percent) throws NotConfigured {
    int high = percent + 2 < text.length() ? Character.digit(text.charAt(percent + 1), 16) : -1;
    int low = high < 0 ? -1 : Character.digit(text.charAt(percent + 2), 16);
    if (low < 0) throw wrong("has a stray % in its user or password", "write it as %25");
    return high << 4 | low;
  }

  private NotConfigured noUrl() {
    return wrong("is not the URL of a proxy", "give it the form http://host:port");
  }

  private NotConfigured wrong(String problem, String hint) {
    return new NotConfigured(STEP, variable + " " + problem, hint, null);
  }
}
