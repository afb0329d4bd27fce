package dev.sessiontoken.http;

import java.security.KeyManagementException;
import java.security.SecureRandom;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * A context whose clients may offer X25519 alone to agree on keys by, and are watched. Offering
 * P-256 along with it costs 70 ms of start-up for tables that are hardly ever used: nearly every
 * server knows X25519.
 *
 * <p>It wraps another context because {@code HttpClient} drops the groups of the parameters that it
 * is given.
 */
final class QuickTls extends SSLContext {

  /**
   * A context like another.
   *
   * @param quick whether X25519 is all that is offered
   * @param progress told of each connection
   */
  QuickTls(SSLContext context, boolean quick, Progress progress) {
    super(new Quick(context, quick, progress), context.getProvider(), context.getProtocol());
  }

  /** Whether a server may have refused the handshake because it does not know X25519. */
  static boolean mayOfferTooLittle(Throwable failure) {
    for (var e = failure; e != null; e = e.getCause()) {
      String said = String.valueOf(e.getMessage());
      boolean refused =
          said.contains("handshake_failure") || said.contains("insufficient_security");
      if (e instanceof SSLException && refused) return true;
    }
    return false;
  }

  private static final class Quick extends SSLContextSpi {
    private static final String[] QUICK = {"x25519"};

    /** The JDK's own, said because the image makes X25519 alone the JVM's. */
    private static final String[] ALL = {
      "x25519", "secp256r1", "secp384r1", "secp521r1", "x448", "ffdhe2048", "ffdhe3072", "ffdhe4096"
    };

    private final SSLContext context;
    private final boolean quick;
    private final Progress progress;

    Quick(SSLContext context, boolean quick, Progress progress) {
      this.context = context;
      this.quick = quick;
      this.progress = progress;
    }

    @Override
    protected SSLEngine engineCreateSSLEngine(String host, int port) {
      return made(context.createSSLEngine(host, port));
    }

    @Override
    protected SSLEngine engineCreateSSLEngine() {
      return made(context.createSSLEngine());
    }

    private SSLEngine made(SSLEngine engine) {
      var parameters = new SSLParameters();
      parameters.setNamedGroups(groups());
      engine.setSSLParameters(parameters);
      return progress.watched(engine);
    }

    private String[] groups() {
      return quick ? QUICK : ALL;
    }

    @Override
    protected SSLParameters engineGetDefaultSSLParameters() {
      var parameters = context.getDefaultSSLParameters();
      parameters.setNamedGroups(groups());
      return parameters;
    }

    @Override
    protected SSLParameters engineGetSupportedSSLParameters() {
      return context.getSupportedSSLParameters();
    }

    @Override
    protected SSLSessionContext engineGetServerSessionContext() {
      return context.getServerSessionContext();
    }

    @Override
    protected SSLSessionContext engineGetClientSessionContext() {
      return context.getClientSessionContext();
    }

    @Override
    protected SSLSocketFactory engineGetSocketFactory() {
      return context.getSocketFactory();
    }

    @Override
    protected SSLServerSocketFactory engineGetServerSocketFactory() {
      return context.getServerSocketFactory();
    }

    @Override
    protected void engineInit(
        KeyManager @Nullable [] keys,
        TrustManager @Nullable [] trust,
        @Nullable SecureRandom random)
        throws KeyManagementException {
      throw new KeyManagementException("the context that this one wraps is ready");
    }
  }
}
