/**
 * Certificates made in memory for tests, and a TLS server that shows them.
 *
 * <p>{@link dev.sessiontoken.testkit.tls.ServerChain} is where to begin: an authority and a server
 * certificate for loopback, ready for an {@code SSLContext}. A test that needs a certificate with a
 * fault describes it by a {@link dev.sessiontoken.testkit.tls.CertificateForm} and has an authority
 * {@linkplain dev.sessiontoken.testkit.tls.KeyedCertificate#issue issue} it. {@link
 * dev.sessiontoken.testkit.tls.KeyPairs} makes the keys, {@link
 * dev.sessiontoken.testkit.tls.PemText} writes certificates and keys as files hold them. {@link
 * dev.sessiontoken.testkit.tls.TlsServer} shakes hands and nothing else.
 */
package dev.sessiontoken.testkit.tls;
