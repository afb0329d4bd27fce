package dev.sessiontoken.testkit.tls;

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

/**
 * A server on loopback that shakes hands over TLS, sends one byte and closes the connection; and a
 * client for it. It serves one connection after the other until it is {@linkplain #close closed}.
 */
public final class TlsServer implements AutoCloseable {
  private final SSLServerSocket socket;
  private final AtomicInteger greeted = new AtomicInteger();

  /**
   * Starts a server.
   *
   * @param settings what to set at its socket before it listens, such as TLS versions
   * @param chain certificates to send as they are, the server's own first: a chain that no proper
   *     server would send is possible
   */
  public TlsServer(Consumer<SSLServerSocket> settings, KeyedCertificate... chain) throws Exception {
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

  /** Starts a server with the JDK's settings and this chain. */
  public TlsServer(KeyedCertificate... chain) throws Exception {
    this(socket -> {}, chain);
  }

  /**
   * Shakes hands with this server as a client that knows it by a name, and checks the name as HTTPS
   * does. Blocks for at most 10 seconds.
   *
   * @param host name to send and to check
   * @param own the client's certificates, or null for a client without
   * @param trust decides on the server's certificates
   * @throws IOException if the handshake fails, or nothing comes after it
   */
  public void greet(String host, @Nullable KeyManager own, TrustManager trust) throws Exception {
    greet(host, socket.getLocalPort(), own, trust);
  }

  /** How many handshakes have succeeded so far. */
  public int greeted() {
    return greeted.get();
  }

  /** The port on loopback at which it listens. */
  public int port() {
    return socket.getLocalPort();
  }

  /**
   * Shakes hands as {@link #greet(String, KeyManager, TrustManager)} does, with whatever listens at
   * a port of loopback.
   *
   * @param own the client's certificates, or null for a client without
   * @throws IOException if nothing listens, the handshake fails, or no byte comes after it
   */
  public static void greet(String host, int port, @Nullable KeyManager own, TrustManager trust)
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

  /** Stops listening. */
  @Override
  public void close() throws IOException {
    socket.close();
  }

  private void serve() {
    while (!socket.isClosed()) {
      try (var client = (SSLSocket) socket.accept()) {
        client.getOutputStream().write('!');
        greeted.incrementAndGet();
      } catch (IOException e) {
        // the client refused the server, or the server the client: the test looks at the client
      }
    }
  }

  /** Sends the chain unchanged; the JDK's key manager does not accept one in the wrong order. */
  private static final class OneChain extends X509ExtendedKeyManager {
    private final KeyedCertificate[] chain;

    OneChain(KeyedCertificate... chain) {
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
      return Stream.of(chain).map(KeyedCertificate::certificate).toArray(X509Certificate[]::new);
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

  /** Accepts every certificate of a client. */
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
