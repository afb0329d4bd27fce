package dev.sessiontoken.http;

import dev.sessiontoken.http.proxy.Proxies;
import dev.sessiontoken.http.proxy.Proxy;
import dev.sessiontoken.http.tls.Authorities;
import dev.sessiontoken.http.tls.ClientCertificate;
import dev.sessiontoken.http.tls.NoTls;
import dev.sessiontoken.http.tls.QuickTls;
import dev.sessiontoken.http.tls.TlsFailure;
import dev.sessiontoken.spi.Deadline;
import dev.sessiontoken.spi.Printable;
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
import java.time.Duration;
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
 * @param progress the client's executor
 * @param origin the deployment's
 * @param proxy on the way, if there is one
 * @param tls whom to trust and what to show, if the deployment speaks TLS
 */
record Connection(
    HttpClient client,
    Progress progress,
    URI origin,
    Optional<Proxy> proxy,
    Optional<SSLContext> tls) {
  /** After which another address may be worth a try, and two lost packets have been sent again. */
  private static final Duration CONNECT = Duration.ofMillis(3500);

  /**
   * The quick way. Reads the authorities and certificates that the settings name, if they are
   * needed. Offers the quickest key agreement only, which some servers do not know, and gives up
   * soon when nobody answers.
   */
  static Connection of(DeploymentSettings settings) throws NotConfigured {
    var choice = Proxies.from(settings.environment()).choose(settings.origin());
    settings.trace().tell(choice.reason());
    var tls = settings.isTls() ? Optional.of(tls(settings)) : Optional.<SSLContext>empty();
    return of(settings.origin(), choice.proxy(), tls, new Progress(settings.trace()), true);
  }

  /** The same way with all that is on offer, and all the time of a try. */
  Connection patient() {
    return of(origin, proxy, tls, new Progress(progress.trace()), false);
  }

  private static Connection of(
      URI origin,
      Optional<Proxy> proxy,
      Optional<SSLContext> tls,
      Progress progress,
      boolean quick) {
    var builder =
        tls.isPresent()
            ? encrypted(
                new QuickTls(tls.get(), quick, progress::watch, progress::isReady), progress)
            : plain(progress);
    builder.proxy(proxy.map(Connection::selector).orElse(HttpClient.Builder.NO_PROXY));
    if (quick) builder.connectTimeout(CONNECT);
    return new Connection(builder.build(), progress, origin, proxy, tls);
  }

  private static HttpClient.Builder encrypted(SSLContext tls, Progress progress) {
    return client(progress).version(HttpClient.Version.HTTP_2).sslContext(tls);
  }

  /** A client for URLs without TLS. */
  static HttpClient.Builder plain(Progress progress) {
    return client(progress)
        .version(HttpClient.Version.HTTP_1_1) // asking for HTTP/2 would send an Upgrade header
        .sslContext(new NoTls());
  }

  private static HttpClient.Builder client(Progress progress) {
    return HttpClient.newBuilder().executor(progress).followRedirects(HttpClient.Redirect.NEVER);
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

  /** Whom the client connects to. */
  Peer peer() {
    return proxy.map(each -> new Peer(each.host(), each.port())).orElseGet(() -> Peer.of(origin));
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

  /** The same failure with what TLS and proxies add to it. May ask the server for its time. */
  Unreachable explained(String step, Unreachable failure, Deadline deadline) {
    var tls = TlsFailure.of(failure, Instant.now(), () -> time(deadline));
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

  private Optional<Instant> time(Deadline deadline) {
    if (proxy.isPresent()) return Optional.empty();
    try {
      return ServerClock.of(origin, deadline);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private String name() {
    return proxy
        .map(each -> "the proxy " + Printable.of(each.host()) + ":" + each.port())
        .orElse("a proxy");
  }
}
