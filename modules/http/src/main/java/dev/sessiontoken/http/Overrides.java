package dev.sessiontoken.http;

import java.net.ProxySelector;
import java.util.Optional;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLContext;

/**
 * What a Java program brings in place of what this module would make itself. The methods {@code
 * withX} of {@link DeploymentSettings} set each. Immutable; safe for any number of threads if its
 * parts are.
 *
 * @param sslContext replaces the trusted authorities, those of {@code SSL_CERT_FILE}, {@code
 *     SSL_CERT_DIR} and {@code javax.net.ssl.trustStore} included; settings that name a CA file or
 *     a client certificate as well are refused
 * @param proxySelector replaces the proxy variables, {@code NO_PROXY} included, and the JVM's own
 *     selector; asked once, by the constructor of {@link DeploymentClient}
 * @param executor replaces the threads that a client makes for connections and for look-ups of host
 *     names; not shut down by the client. The JDK's {@code HttpClient} keeps one thread of its own
 *     for each client, named {@code HttpClient-N-SelectorManager}
 * @param retryPolicy replaces {@link RetryPolicy#DEPLOYMENT}
 * @param listener learns of each call and each try; empty for no listener, which costs nothing
 * @param jvm settings of the JVM that count where variables and other settings say nothing; empty
 *     for none
 */
public record Overrides(
    Optional<SSLContext> sslContext,
    Optional<ProxySelector> proxySelector,
    Optional<Executor> executor,
    RetryPolicy retryPolicy,
    Optional<CallListener> listener,
    Optional<JvmSettings> jvm) {

  /** Returns no overrides, not even by settings of the JVM. */
  public static Overrides none() {
    return new Overrides(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        RetryPolicy.DEPLOYMENT,
        Optional.empty(),
        Optional.empty());
  }

  Overrides withSslContext(SSLContext context) {
    return new Overrides(Optional.of(context), proxySelector, executor, retryPolicy, listener, jvm);
  }

  Overrides withProxySelector(ProxySelector selector) {
    return new Overrides(sslContext, Optional.of(selector), executor, retryPolicy, listener, jvm);
  }

  Overrides withExecutor(Executor threads) {
    return new Overrides(
        sslContext, proxySelector, Optional.of(threads), retryPolicy, listener, jvm);
  }

  Overrides withRetryPolicy(RetryPolicy policy) {
    return new Overrides(sslContext, proxySelector, executor, policy, listener, jvm);
  }

  Overrides withListener(CallListener each) {
    return new Overrides(sslContext, proxySelector, executor, retryPolicy, Optional.of(each), jvm);
  }

  Overrides withJvm(JvmSettings settings) {
    return new Overrides(
        sslContext, proxySelector, executor, retryPolicy, listener, Optional.of(settings));
  }
}
