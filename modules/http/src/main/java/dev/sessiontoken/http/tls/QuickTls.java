package dev.sessiontoken.http.tls;

import java.security.KeyManagementException;
import java.security.SecureRandom;
import java.util.function.Consumer;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * An {@code SSLContext} that passes its engines to an observer and, if asked, offers X25519 as the
 * only key agreement. To offer P-256 as well costs 70 ms of start-up for tables that are hardly
 * ever used: nearly every server knows X25519. {@link TlsFailure#mayNeedOtherGroup} recognises the
 * others.
 */
public final class QuickTls extends SSLContext {
  /**
   * Wraps a context that is initialised.
   *
   * @param quick whether X25519 is the only key agreement offered
   * @param created receives each engine; there is one for each connection
   * @param agreed runs when a handshake has ended
   */
  public QuickTls(SSLContext context, boolean quick, Consumer<SSLEngine> created, Runnable agreed) {
    super(new Quick(context, quick, created, agreed), context.getProvider(), context.getProtocol());
  }

  private static final class Quick extends SSLContextSpi {
    private final SSLContext context;
    private final boolean quick;
    private final Consumer<SSLEngine> created;
    private final Runnable agreed;

    Quick(SSLContext context, boolean quick, Consumer<SSLEngine> created, Runnable agreed) {
      this.context = context;
      this.quick = quick;
      this.created = created;
      this.agreed = agreed;
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
      var made = new QuickEngine(engine, quick, agreed);
      created.accept(made);
      return made;
    }

    @Override
    protected SSLParameters engineGetDefaultSSLParameters() {
      return context.getDefaultSSLParameters();
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
