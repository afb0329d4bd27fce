package dev.sessiontoken.http;

import static org.assertj.core.api.Assertions.assertThat;

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

/** An {@code http://} deployment never costs the set-up of TLS, which is the default context's. */
class NoTlsTest {
  private final AtomicInteger asked = new AtomicInteger();
  private @Nullable SSLContext before;

  @BeforeEach
  void watchTheDefaultContext() throws Exception {
    before = SSLContext.getDefault();
    SSLContext.setDefault(new Watched(new Counting(asked)));
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
    assertThat(asked).hasValue(0);
  }
}
