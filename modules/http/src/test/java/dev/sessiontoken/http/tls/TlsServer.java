package dev.sessiontoken.http.tls;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** A server on the loopback that shakes hands, says one byte and hangs up; and its client. */
public final class TlsServer implements AutoCloseable {
  private final SSLServerSocket socket;
  private final AtomicInteger greeted = new AtomicInteger();

  public TlsServer(Consumer<SSLServerSocket> settings, Minted... chain) throws Exception {
    var context = SSLContext.getInstance("TLS");
    context.init(
        new KeyManager[] {new OneChain(chain)}, new TrustManager[] {new AnyClient()}, null);
    socket =
        (SSLServerSocket)
            context
                .getServerSocketFactory()
                .createServerSocket(0, 5, InetAddress.getLoopbackAddress());
    settings.accept(socket);
    Thread.ofVirtual().start(this::serve);
  }

  public TlsServer(Minted... chain) throws Exception {
    this(socket -> {}, chain);
  }

  /** Shakes hands with this server, which it calls by the given name. */
  void greet(String host, @Nullable KeyManager own, TrustManager trust) throws Exception {
    greet(host, socket.getLocalPort(), own, trust);
  }

  /** How many hands it has shaken. */
  public int greeted() {
    return greeted.get();
  }

  public int port() {
    return socket.getLocalPort();
  }

  static void greet(String host, int port, @Nullable KeyManager own, TrustManager trust)
      throws Exception {
    var context = SSLContext.getInstance("TLS");
    context.init(own == null ? null : new KeyManager[] {own}, new TrustManager[] {trust}, null);
    var plain = new Socket(InetAddress.getLoopbackAddress(), port);
    plain.setSoTimeout(10_000);
    try (var client =
        (SSLSocket) context.getSocketFactory().createSocket(plain, host, port, true)) {
      var parameters = client.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      client.setSSLParameters(parameters);
      client.startHandshake();
      if (client.getInputStream().read() != '!') throw new IOException("no byte");
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private void serve() {
    while (!socket.isClosed()) {
      try (var client = (SSLSocket) socket.accept()) {
        client.getOutputStream().write('!');
        greeted.incrementAndGet();
      } catch (IOException _) {
        // what the client makes of it is what is tested
      }
    }
  }

  /** One chain as it is; the JDK's own manager would not take one in disorder. */
  private static final class OneChain extends X509ExtendedKeyManager {
    private final Minted[] chain;

    OneChain(Minted... chain) {
      this.chain = chain;
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
      return null;
    }

    @Override
    public @Nullable String chooseServerAlias(
        String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
      return keyType.equals(chain[0].key().getAlgorithm()) ? "server" : null;
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
      return Stream.of(chain).map(Minted::certificate).toArray(X509Certificate[]::new);
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
      return chain[0].key();
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
      return null;
    }

    @Override
    public @Nullable String chooseClientAlias(
        String[] keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
      return null;
    }
  }

  /** Takes whatever certificate a client shows. */
  private static final class AnyClient implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
