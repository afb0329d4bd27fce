/**
 * TLS of a client: whom it trusts, what it shows of itself, and what went wrong.
 *
 * <p>Three parties take part in a handshake. The <em>server</em> sends a chain: its own
 * certificate, which names its hosts, and the certificates of those who signed it. An
 * <em>authority</em> is a certificate that this machine trusts to sign others; a chain is accepted
 * if it leads to an authority, is within its dates, and names the host in the URL. The
 * <em>client</em>, this program, is anonymous, unless the server asks for a client certificate and
 * the user has set one.
 *
 * <p>Which class plays which role, in the order in which they are called:
 *
 * <ol>
 *   <li>Before the first connection, {@code Authorities} collects the trusted certificates of files
 *       and folders: {@code Pem} finds the blocks of a file, {@code PemCertificate} (by {@code
 *       Der}) the name in each, without decoding the rest. {@code ClientCertificate} reads
 *       certificate and key of the client, the key by {@code KeyFile}.
 *   <li>{@code QuickTls} wraps the JDK's {@code SSLContext}: it observes each connection, and its
 *       {@code QuickEngine} offers the quickest key agreement alone. For {@code http://}, {@code
 *       NoTls} takes its place.
 *   <li>In the handshake, {@code ServerTrust} receives the server's chain, asks {@code Authorities}
 *       for those that the chain names, and lets the JDK decide. If it refuses, {@code
 *       UntrustedServerException} holds the chain. If the server asks for it, {@code
 *       ClientCertificate} is sent.
 *   <li>After it, {@code TlsSession} describes what was agreed on; or {@code TlsFailure} explains
 *       why there is no session, and whether another try can help. It leaves a rejected chain to
 *       {@code ChainRejection}, which uses {@code CertificateNames}. {@code JdkMessages} has the
 *       texts of the JDK by which failures differ, {@code Causes} the walk over an exception's
 *       causes.
 * </ol>
 *
 * <p>Why was this certificate refused? Begin with {@code ChainRejection}. Used by {@code Route} and
 * {@code Transport} of {@code dev.sessiontoken.http}. Depends on the JDK and {@code
 * dev.sessiontoken.spi} alone.
 */
package dev.sessiontoken.http.tls;
