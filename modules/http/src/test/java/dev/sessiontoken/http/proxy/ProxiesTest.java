package dev.sessiontoken.http.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sessiontoken.http.proxy.Proxy.Credentials;
import dev.sessiontoken.spi.SessionTokenException.NotConfigured;
import java.net.URI;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxiesTest {
  private static final String LIST =
      "foobar.com, .barbaz.net, *.wildcard.io, 192.168.1.1, 192.168.1.2:81, 192.168.1.3:80,"
          + " 10.0.0.0/30, 2001:db8::52:0:1, [2001:db8::52:0:2]:443, [2001:db8::52:0:3]:80,"
          + " 2002:db8:a::45/64, named.org:8080, ::1:2:3:4/0x, :1, ,/";

  @Nested
  class OfTheVariables {
    @Test
    void theOneOfTheSchemeIsUsed() throws Exception {
      var environment = Map.of("HTTP_PROXY", "plain:1", "HTTPS_PROXY", "secure:2");
      assertThat(choice(environment, "http://example.com"))
          .isEqualTo("proxy plain:1 from HTTP_PROXY");
      assertThat(choice(environment, "https://example.com"))
          .isEqualTo("proxy secure:2 from HTTPS_PROXY");
    }

    @Test
    void theOneOfHttpIsNotUsedForHttps() throws Exception {
      assertThat(choice(Map.of("HTTP_PROXY", "plain:1"), "https://example.com"))
          .isEqualTo("no proxy: none is set for https://");
    }

    @Test
    void upperCaseOverridesLowerCase() throws Exception {
      var environment = Map.of("https_proxy", "small:1", "HTTPS_PROXY", "capital:2");
      assertThat(choice(environment, "https://example.com"))
          .isEqualTo("proxy capital:2 from HTTPS_PROXY");
    }

    @Test
    void emptyOnesAreIgnored() throws Exception {
      var environment =
          Map.of("https_proxy", "small:1", "HTTPS_PROXY", "", "NO_PROXY", "", "no_proxy", "a.b");
      assertThat(choice(environment, "https://example.com"))
          .isEqualTo("proxy small:1 from https_proxy");
      assertThat(choice(environment, "https://a.b")).isEqualTo("no proxy: NO_PROXY matches a.b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ALL_PROXY", "all_proxy"})
    void allProxyIsUsedWithoutOneOfTheScheme(String name) throws Exception {
      var environment = Map.of(name, "all:1", "HTTPS_PROXY", "secure:2");
      assertThat(choice(environment, "http://example.com")).isEqualTo("proxy all:1 from " + name);
      assertThat(choice(environment, "https://example.com")).contains("secure:2");
    }

    @Test
    void httpProxyIsIgnoredInCgiScripts() throws Exception {
      var environment = Map.of("REQUEST_METHOD", "GET", "HTTP_PROXY", "evil:1");
      assertThat(choice(environment, "http://example.com")).startsWith("no proxy");
      var both = new HashMap<>(environment);
      both.put("http_proxy", "good:1");
      both.put("HTTPS_PROXY", "secure:2");
      assertThat(choice(both, "http://example.com")).contains("good:1 from http_proxy");
      assertThat(choice(both, "https://example.com")).contains("secure:2");
    }
  }

  @Nested
  class WithoutAProxy {
    @ParameterizedTest
    @ValueSource(
        strings = {
          "localhost",
          "LOCALHOST:8080",
          "127.0.0.1",
          "127.9.9.9:81",
          "[::1]",
          "[::1]:3000"
        })
    void areLoopbackHosts(String host) throws Exception {
      assertThat(choice(Map.of("HTTP_PROXY", "proxy:1"), "http://" + host))
          .startsWith("no proxy: lo");
    }

    @ParameterizedTest
    @CsvSource({
      "192.168.1.1, 192.168.1.1",
      "192.168.1.3, 192.168.1.3:80",
      "10.0.0.2, 10.0.0.0/30",
      "[::ffff:10.0.0.2], 10.0.0.0/30",
      "[2001:db8::52:0:1], 2001:db8::52:0:1",
      "[2001:db8:0::52:0:3], [2001:db8::52:0:3]:80",
      "[2002:db8:a::123], 2002:db8:a::45/64",
      "www.barbaz.net, .barbaz.net",
      "foobar.com, foobar.com",
      "FooBar.com, foobar.com",
      "www.foobar.com, foobar.com",
      "nested.wildcard.io, *.wildcard.io",
      "named.org:8080, named.org:8080",
      "a.named.org:8080, named.org:8080",
    })
    void areWhatTheListMatches(String host, String entry) throws Exception {
      assertThat(choice(listed(LIST), "http://" + host))
          .isEqualTo("no proxy: NO_PROXY matches " + entry);
    }

    @Test
    void isEveryHostWithAStar() throws Exception {
      assertThat(choice(listed("a.b, *"), "http://example.com"))
          .isEqualTo("no proxy: NO_PROXY matches *");
    }

    @ParameterizedTest
    @CsvSource({
      "www.示例.com, .示例.com",
      "www.示例.com, xn--fsq092h.com",
      "www.xn--fsq092h.com, 示例.com",
    })
    void areInternationalNamesInUnicodeAndPunycode(String host, String entry) throws Exception {
      assertThat(choice(listed(entry), "http://" + host)).startsWith("no proxy: NO_PROXY");
    }

    @Test
    void areServersWhosePortIsTheUsualOneOfTheScheme() throws Exception {
      var environment = Map.of("HTTPS_PROXY", "proxy:1", "NO_PROXY", "a.b:443");
      assertThat(choice(environment, "https://a.b")).startsWith("no proxy: NO_PROXY");
      assertThat(choice(environment, "https://a.b:444")).startsWith("proxy");
    }

    @Test
    void areNamesWithAnUnderscore() throws Exception {
      assertThat(choice(listed("a_b.com"), "http://x.a_b.com:81")).startsWith("no proxy: NO_PROXY");
    }

    @Test
    void areOtherSchemes() throws Exception {
      assertThat(choice(Map.of("ALL_PROXY", "proxy:1"), "ftp://example.com"))
          .startsWith("no proxy");
    }
  }

  @Nested
  class ThroughTheProxy {
    @ParameterizedTest
    @ValueSource(
        strings = {
          "[::2]",
          "192.168.1.2",
          "192.168.1.4",
          "10.0.0.4",
          "[2001:db8::52:0:2]",
          "[fe80::424b:c8be:1643:a1b6]",
          "[2002:db8:a:1::123]",
          "barbaz.net",
          "foofoobar.com",
          "baz.com",
          "localhost.net",
          "local.localhost",
          "barbarbaz.net",
          "wildcard.io",
          "awildcard.io",
          "named.org",
          "010.0.0.2",
        })
    void goHostsThatTheListDoesNotMatch(String host) throws Exception {
      assertThat(choice(listed(LIST), "http://" + host)).isEqualTo("proxy proxy:1 from HTTP_PROXY");
    }

    @Test
    void goAddressesWhoseZoneLooksLikeADomain() throws Exception {
      var zone = "http://[1000::%25.example.com]:123";
      assertThat(choice(listed("example.com"), URI.create("http://[fe80::1%25eth0]").toString()))
          .startsWith("proxy");
      assertThat(NoProxy.of("example.com").match(NoProxy.Target.of("1000::%.example.com", 123)))
          .as(zone)
          .isEmpty();
    }
  }

  @Nested
  class TheUrl {
    @ParameterizedTest
    @CsvSource({
      "cache.corp.example.com, cache.corp.example.com, 80",
      "cache:3128, cache, 3128",
      "http://cache:3128/, cache, 3128",
      "HTTP://cache/path?query#fragment, cache, 80",
      "http://cache:, cache, 80",
      "http://[2001:db8::1]:3128, 2001:db8::1, 3128",
      "' http://cache:3128 ', cache, 3128",
      "localhost, localhost, 80",
    })
    void hasAHostAndPerhapsAPort(String url, String host, int port) throws Exception {
      var proxy = proxy(url);
      assertThat(proxy.host()).isEqualTo(host);
      assertThat(proxy.port()).isEqualTo(port);
      assertThat(proxy.credentials()).isEmpty();
      assertThat(proxy.origin()).isEqualTo("HTTPS_PROXY");
    }

    @ParameterizedTest
    @CsvSource({
      "bob:secret@cache:1, bob, secret",
      "http://bob@cache:1, bob, ''",
      "http://b%40b:p%3Aw%2f%C3%BC:x@cache:1, b@b, p:w/ü:x",
      "http://bob:se@cret@cache:1, bob, se@cret",
      "http://bob:ü+@cache:1, bob, ü+",
    })
    void mayHaveUserAndPassword(String url, String user, String password) throws Exception {
      assertThat(proxy(url).credentials()).contains(new Credentials(user, password));
      assertThat(proxy(url).host()).isEqualTo("cache");
    }

    @Test
    void isPrintedWithoutThePassword() throws Exception {
      var proxy = proxy("http://bob:secret@cache:1");
      assertThat(proxy.toString())
          .doesNotContain("secret")
          .doesNotContain("bob")
          .contains("cache:1");
      assertThat(proxy.credentials().toString()).doesNotContain("secret");
      assertThat(choice(Map.of("HTTPS_PROXY", "http://bob:secret@cache:1"), "https://example.com"))
          .isEqualTo("proxy cache:1 from HTTPS_PROXY");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https", "socks", "socks4", "socks5", "socks5h", "SOCKS5"})
    void isRefusedIfTheProxySpeaksAnotherProtocol(String scheme) {
      assertThatThrownBy(() -> proxy(scheme + "://bob:secret@cache:1"))
          .isInstanceOf(NotConfigured.class)
          .hasMessage(
              "choose the proxy: HTTPS_PROXY names a proxy that speaks %s",
              scheme.toLowerCase(Locale.ROOT));
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "secret://cache",
          "bob:secret://cache",
          "http://",
          "http://:3128",
          "http://bob:secret@",
          "http://bob:secret@cache:port",
          "http://cache:secret",
          "http://cache:0",
          "http://cache:65536",
          "http://cache:+1",
          "http://bob:%zz-secret@cache:1",
          "http://bob:secret%2@cache:1",
          "http://bob:secret%@cache:1",
          "http://bob:1/secret@cache:1",
          "http://bob:1#secret@cache:1",
          "http://[::1",
          "http://[::1]x:1",
          "http://ca che",
          "http://a:b:c",
        })
    void isRefusedWithoutRepeatingIt(String url) {
      assertThatThrownBy(() -> proxy(url))
          .isInstanceOf(NotConfigured.class)
          .hasMessageStartingWith("choose the proxy: HTTPS_PROXY ")
          .hasNoCause()
          .message()
          .doesNotContain("secret", "bob");
    }

    @Test
    void isNotReadWhenItIsNotUsed() throws Exception {
      var environment = Map.of("HTTPS_PROXY", "socks5://cache", "NO_PROXY", "example.com");
      assertThat(choice(environment, "https://example.com")).startsWith("no proxy");
    }
  }

  private static Map<String, String> listed(String noProxy) {
    return Map.of("HTTP_PROXY", "proxy:1", "NO_PROXY", noProxy);
  }

  private static String choice(Map<String, String> environment, String url) throws NotConfigured {
    return Proxies.from(environment).choose(URI.create(url), Optional.empty()).reason();
  }

  private static Proxy proxy(String url) throws NotConfigured {
    var proxies = Proxies.from(Map.of("HTTPS_PROXY", url));
    return proxies.forUri(URI.create("https://example.com")).orElseThrow();
  }
}
