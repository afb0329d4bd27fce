package dev.sessiontoken.http;

import dev.sessiontoken.spi.SessionTokenException.NotConfigured;
import dev.sessiontoken.spi.SessionTokenException.Unreachable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/**
 * The way to a deployment: directly or through a proxy, in the clear or with TLS.
 *
 * @param client made for it; the holder closes it
 * @param proxy on the way, if there is one
 */
record Connection(HttpClient client, Optional<Proxy> proxy) {

  /**
   * Reads the authorities and certificates that the settings name, if they are needed.
   *
   * @param quick whether to offer the quickest key agreement only, which some servers do not know
   */
  static Connection of(DeploymentSettings settings, boolean quick) throws NotConfigured {
    var choice = Proxies.from(settings.environment()).choose(settings.origin());
    settings.trace().tell(choice.reason());
    var builder =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER)
            .proxy(choice.proxy().map(Connection::selector).orElse(HttpClient.Builder.NO_PROXY));
    if (settings.isTls()) {
      var context = tls(settings);
      builder.version(HttpClient.Version.HTTP_2);
      builder.sslContext(quick ? new QuickTls(context) : context);
    } else { // asking for HTTP/2 without TLS would send an Upgrade header
      builder.version(HttpClient.Version.HTTP_1_1).sslContext(new NoTls());
    }
    return new Connection(builder.build(), choice.proxy());
  }

  private static SSLContext tls(DeploymentSettings settings) throws NotConfigured {
    var caFile = settings.caFile().map(file -> new Authorities.CaFile(file, "--ca-file"));
    var authorities =
        Authorities.load(settings.environment(), caFile, settings.trace()::tell).trustManager();
    var keys = new KeyManager[0];
    if (settings.clientCertificate().isPresent()) {
      var files = settings.clientCertificate().get();
      keys = new KeyManager[] {ClientCertificate.read(files.certificate(), files.key())};
    }
    try {
      var context = SSLContext.getInstance("TLS");
      context.init(keys, new TrustManager[] {authorities}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e); // every JDK has TLS
    }
  }

  private static ProxySelector selector(Proxy proxy) {
    var address = InetSocketAddress.createUnresolved(proxy.host(), proxy.port());
    var only = List.of(new java.net.Proxy(java.net.Proxy.Type.HTTP, address));
    return new ProxySelector() {
      @Override
      public List<java.net.Proxy> select(URI uri) {
        return only;
      }

      @Override
      public void connectFailed(URI uri, SocketAddress address, IOException failure) {
        // said by the failure of the call
      }
    };
  }

  /** What to tell the proxy about who asks. */
  Optional<String> proxyAuthorization() {
    return proxy
        .flatMap(Proxy::credentials)
        .map(each -> each.user() + ":" + each.password())
        .map(pair -> pair.getBytes(StandardCharsets.UTF_8))
        .map(pair -> "Basic " + Base64.getEncoder().encodeToString(pair));
  }

  /** For a 407. */
  Unreachable proxyRefused(String step) {
    boolean asked = proxy.flatMap(Proxy::credentials).isPresent();
    return new Unreachable(
        step,
        "HTTP 407: " + name() + (asked ? " refuses user and password" : " wants user and password"),
        proxy
            .map(each -> "they go into " + each.origin() + ", as http://user:password@host:port")
            .orElse("no proxy is set here"),
        null);
  }

  /** The same failure with what TLS and proxies add to it. */
  Unreachable explained(String step, Unreachable failure) {
    var tls = TlsTrouble.of(failure, Instant.now(), Optional.empty());
    if (tls.isPresent()) {
      String hint = tls.get().hint();
      return new Unreachable(
          step, tls.get().problem(), hint.isEmpty() ? failure.hint() : hint, failure);
    }
    if (proxy.isEmpty()) return failure;
    return new Unreachable(
        step,
        String.valueOf(failure.getMessage()).substring(step.length() + 2) + ", through " + name(),
        "is the proxy of " + proxy.get().origin() + " the right one, and is it up?",
        failure);
  }

  private String name() {
    return proxy
        .map(each -> "the proxy " + Printable.of(each.host()) + ":" + each.port())
        .orElse("a proxy");
  }
}
