package dev.sessiontoken.http;

import dev.sessiontoken.http.proxy.Proxies;
import dev.sessiontoken.http.proxy.Proxy;
import dev.sessiontoken.http.proxy.SelectedProxy;
import dev.sessiontoken.http.tls.Authorities;
import dev.sessiontoken.http.tls.ClientCertificate;
import dev.sessiontoken.http.tls.TlsFailure;
import dev.sessiontoken.http.tls.TrustStore;
import dev.sessiontoken.spi.Deadline;
import dev.sessiontoken.spi.Printable;
import dev.sessiontoken.spi.SessionTokenException.NotConfigured;
import dev.sessiontoken.spi.SessionTokenException.Unreachable;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/**
 * How to get to a server: directly or through a proxy, in the clear or by TLS. Holds no connection
 * and nothing to close: see {@link Transport} for that.
 *
 * @param origin scheme, host and port of the server
 * @param proxy the proxy to go through, if any
 * @param tls the authorities to trust and the certificate to show; empty for {@code http}
 */
record Route(URI origin, Optional<Proxy> proxy, Optional<SSLContext> tls) {

  /**
   * Returns the route to a deployment. Reads the files of authorities and certificates that the
   * settings name if the deployment speaks TLS.
   *
   * @throws NotConfigured if the settings of TLS or proxy cannot be used
   */
  static Route of(DeploymentSettings settings) throws NotConfigured {
    var choice = choice(settings);
    settings.trace().tell(choice.reason());
    choice.proxy().flatMap(Proxy::credentials).ifPresent(each -> hide(each, settings.trace()));
    var tls = settings.isTls() ? Optional.of(tls(settings)) : Optional.<SSLContext>empty();
    return new Route(settings.origin(), choice.proxy(), tls);
  }

  private static Proxies.Choice choice(DeploymentSettings settings) throws NotConfigured {
    var brought = settings.overrides().proxySelector();
    if (brought.isPresent()) {
      return new SelectedProxy("the given ProxySelector", brought.get()).choose(settings.origin());
    }
    var jvm = settings.overrides().jvm().flatMap(JvmSettings::proxySelector);
    return Proxies.from(settings.environment()).choose(settings.origin(), jvm);
  }

  private static void hide(Proxy.Credentials credentials, Trace trace) {
    trace.secret(credentials.password());
    trace.secret(credentials.user() + ":" + credentials.password());
    trace.secret(basic(credentials)); // a proxy may send it back encoded once more
  }

  /** Returns the route that needs neither a proxy nor TLS. */
  static Route direct(URI origin) {
    return new Route(origin, Optional.empty(), Optional.empty());
  }

  private static SSLContext tls(DeploymentSettings settings) throws NotConfigured {
    var brought = settings.overrides().sslContext();
    if (brought.isEmpty()) return ownTls(settings);
    if (settings.caFile().isEmpty() && settings.clientCertificate().isEmpty()) return brought.get();
    throw new NotConfigured(
        "set up TLS",
        "an SSLContext is given, and a CA file or client certificate that it would not use",
        "put these into the SSLContext, or leave it out",
        null);
  }

  private static SSLContext ownTls(DeploymentSettings settings) throws NotConfigured {
    var caFile = settings.caFile().map(file -> new Authorities.CaFile(file, Remedy.CA_FILE));
    var authorities =
        Authorities.load(
                settings.environment(), trustStore(settings), caFile, settings.trace()::tell)
            .trustManager();
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

  private static Optional<TrustStore> trustStore(DeploymentSettings settings) {
    var jvm = settings.overrides().jvm();
    return jvm.isEmpty() ? Optional.empty() : TrustStore.of(jvm.get()::property);
  }

  /** Returns whom a client connects to: the proxy if there is one, else the server. */
  Peer peer() {
    return proxy.map(each -> new Peer(each.host(), each.port())).orElseGet(() -> Peer.of(origin));
  }

  /** Returns the {@code Proxy-Authorization} header (RFC 7617), if the proxy's URL has a user. */
  Optional<String> proxyAuthorization() {
    return proxy.flatMap(Proxy::credentials).map(each -> "Basic " + basic(each));
  }

  private static String basic(Proxy.Credentials credentials) {
    String pair = credentials.user() + ":" + credentials.password();
    return Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  /** Returns what to throw for status 407. */
  Unreachable proxyRefused(String step) {
    boolean asked = proxy.flatMap(Proxy::credentials).isPresent();
    return new Unreachable(
        step,
        "HTTP 407: "
            + proxyName()
            + (asked ? " refuses user and password" : " wants user and password"),
        proxy
            .map(each -> "they go into " + each.variable() + ", as http://user:password@host:port")
            .orElse("no proxy is set here"),
        null);
  }

  /**
   * Returns a failure with what is known of TLS and of the proxy in its problem and hint. Asks the
   * server for its time, which may block for a second, if its certificate seems out of date.
   *
   * @param now the time of this machine
   */
  Unreachable explained(Unreachable failure, Instant now, Deadline deadline) {
    var tls = TlsFailure.of(failure, now, () -> serverTime(deadline));
    if (tls.isPresent()) {
      String hint = tls.get().hint();
      return new Unreachable(
          failure.step(), tls.get().problem(), hint.isEmpty() ? failure.hint() : hint, failure);
    }
    if (proxy.isEmpty()) return failure;
    return new Unreachable(
        failure.step(),
        failure.problem() + ", through " + proxyName(),
        "is the proxy of " + proxy.get().origin() + " the right one, and is it up?",
        failure);
  }

  private Optional<Instant> serverTime(Deadline deadline) {
    if (proxy.isPresent()) return Optional.empty();
    try {
      return ServerClock.ask(origin, deadline);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private String proxyName() {
    return proxy
        .map(each -> "the proxy " + Printable.of(each.host()) + ":" + each.port())
        .orElse("a proxy");
  }
}
