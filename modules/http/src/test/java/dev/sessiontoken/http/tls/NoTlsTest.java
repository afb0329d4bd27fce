package dev.sessiontoken.http.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sessiontoken.http.DeploymentClient;
import dev.sessiontoken.http.DeploymentSettings;
import java.net.URI;
import java.security.KeyManagementException;
import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicInteger;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A client of an {@code http://} deployment does not initialise the default TLS context. */
class NoTlsTest {
  private final AtomicInteger calls = new AtomicInteger();
  private @Nullable SSLContext before;

  @BeforeEach
  void watchTheDefaultContext() throws Exception {
    before = SSLContext.getDefault();
    SSLContext.setDefault(new Watched(new Counting(calls)));
  }

  @AfterEach
  void restoreTheDefaultContext() {
    SSLContext.setDefault(before);
  }

  private static void make(String url) throws Exception {
    new DeploymentClient(DeploymentSettings.of(URI.create(url))).close();
  }

  @Test
  void plainHttpLeavesTheDefaultContextAlone() throws Exception {
    make("http://127.0.0.1:1");
    assertThat(calls).hasValue(0);
  }

  private static final class Watched extends SSLContext {
    Watched(SSLContextSpi spi) {
      super(spi, null, "TLS");
    }
  }

  private static final class Counting extends SSLContextSpi {
    private final AtomicInteger calls;

    Counting(AtomicInteger calls) {
      this.calls = calls;
    }

    @Override
    protected SSLParameters engineGetDefaultSSLParameters() {
      calls.incrementAndGet();
      return new SSLParameters();
    }

    @Override
    protected SSLParameters engineGetSupportedSSLParameters() {
      calls.incrementAndGet();
      return new SSLParameters();
    }

    @Override
    protected void engineInit(
        KeyManager @Nullable [] keys,
        TrustManager @Nullable [] trust,
        @Nullable SecureRandom random)
        throws KeyManagementException {
      throw new KeyManagementException();
    }

    @Override
    protected SSLSocketFactory engineGetSocketFactory() {
      throw new UnsupportedOperationException();
    }

    @Override
    protected SSLServerSocketFactory engineGetServerSocketFactory() {
      throw new UnsupportedOperationException();
    }

    @Override
    protected SSLEngine engineCreateSSLEngine() {
      throw new UnsupportedOperationException();
    }

    @Override
    protected SSLEngine engineCreateSSLEngine(String host, int port) {
      throw new UnsupportedOperationException();
    }

    @Override
    protected SSLSessionContext engineGetServerSessionContext() {
      throw new UnsupportedOperationException();
    }

    @Override
    protected SSLSessionContext engineGetClientSessionContext() {
      throw new UnsupportedOperationException();
    }
  }
}
