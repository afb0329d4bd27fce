package dev.sessiontoken.http;

import java.net.ProxySelector;
import java.util.Optional;

/**
 * Settings of a JVM that name authorities and proxies. A client reads them once, when it is
 * created. Implementations are safe for any number of threads.
 */
public interface JvmSettings {

  /**
   * Returns the value of a system property: {@code javax.net.ssl.trustStore}, {@code
   * trustStoreType} or {@code trustStorePassword}. Empty if it is not set; never null.
   */
  Optional<String> property(String name);

  /**
   * Returns the selector that the JDK's own clients use: by default that of {@code
   * https.proxyHost}, {@code http.proxyHost} and {@code http.nonProxyHosts}. Empty for none; never
   * null.
   */
  Optional<ProxySelector> proxySelector();

  /**
   * Returns the settings of the running JVM, as they are when they are read: {@code
   * System.getProperty} and {@link ProxySelector#getDefault}.
   */
  static JvmSettings ofThisProcess() {
    return new ThisProcess();
  }

  /** The running JVM: the one place of this module that reads the state of the process. */
  record ThisProcess() implements JvmSettings {

    @Override
    public Optional<String> property(String name) {
      return Optional.ofNullable(System.getProperty(name));
    }

    @Override
    public Optional<ProxySelector> proxySelector() {
      return Optional.ofNullable(ProxySelector.getDefault());
    }
  }
}
