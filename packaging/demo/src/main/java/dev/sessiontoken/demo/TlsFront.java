package dev.sessiontoken.demo;

import dev.sessiontoken.testkit.FakeCoder;
import java.net.URI;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.proxy.ProxyHandler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/**
 * Reverse proxy as most deployments have: takes HTTP/2 or HTTP/1.1 over TLS and forwards each
 * request by plain HTTP. Written with Jetty, because the JDK's server has no HTTP/2.
 */
final class TlsFront implements AutoCloseable {
  private final Server server = new Server();
  private final ServerConnector connector;

  /**
   * Starts the proxy on loopback.
   *
   * @param tls context with a certificate for {@code localhost}
   * @param protocol the only TLS version that the proxy accepts, such as {@code TLSv1.3}
   * @param behind URL of the server that answers
   */
  TlsFront(SSLContext tls, String protocol, FakeCoder behind) {
    var factory = new SslContextFactory.Server();
    factory.setSslContext(tls);
    factory.setIncludeProtocols(protocol);
    var configuration = new HttpConfiguration();
    configuration.addCustomizer(
        new SecureRequestCustomizer(false)); // clients send no SNI for localhost
    var http1 = new HttpConnectionFactory(configuration);
    var alpn = new ALPNServerConnectionFactory();
    alpn.setDefaultProtocol(http1.getProtocol());
    connector =
        new ServerConnector(
            server,
            new SslConnectionFactory(factory, alpn.getProtocol()),
            alpn,
            new HTTP2ServerConnectionFactory(configuration),
            http1);
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    server.setHandler(
        new ProxyHandler.Reverse(request ->
            HttpURI.build(request.getHttpURI())
                .scheme("http")
                .authority(behind.url().getAuthority())));
    try {
      server.start();
    } catch (Exception e) { // Jetty's method declares Exception
      throw new IllegalStateException("the front does not start", e);
    }
  }

  URI url() {
    return URI.create("https://localhost:" + connector.getLocalPort());
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) { // Jetty's method declares Exception
      throw new IllegalStateException("the front does not stop", e);
    }
  }
}
