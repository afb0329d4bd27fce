package dev.sessiontoken.spi;

/**
 * HTTP with a provider's own service, such as a secret store or an OIDC issuer. {@link
 * ProviderContext#http} returns it.
 *
 * <ul>
 *   <li><b>TLS.</b> A server is trusted as the deployment is: by the system's authorities and those
 *       that the user adds ({@code --ca-file}). A client certificate is shown only where {@link
 *       ServiceRequest#withClientCertificate} asks for it.
 *   <li><b>Proxies</b> are those of {@code HTTPS_PROXY}, {@code HTTP_PROXY}, {@code ALL_PROXY} and
 *       {@code NO_PROXY}; loopback addresses need none.
 *   <li><b>Headers</b> are those of the request and {@code User-Agent}. Headers that the user adds
 *       for the deployment are not sent, nor is the session token.
 *   <li><b>{@code http} URLs</b> are accepted, for services on loopback such as agents of a secret
 *       store: a provider that sends a secret to another host takes an {@code https} URL.
 *   <li><b>Redirects</b> are not followed: a credential would go to a host that the user has not
 *       set. They are answers like others.
 *   <li><b>Time.</b> All tries together end by the context's deadline.
 *   <li><b>Repeats.</b> Requests of the methods {@code GET}, {@code HEAD}, {@code PUT}, {@code
 *       DELETE} and {@code OPTIONS}, and those that {@link ServiceRequest#asRepeatable} marks, have
 *       up to four tries: after a connection that failed or broke, and after 408, 425, 429, 500,
 *       502, 503, 504 and 520 to 524; a 500 whose JSON has a {@code message} is final. Other
 *       requests are repeated only if the service did not get them (no connection), or says that it
 *       did not process them: 425 and 429. {@code Retry-After} is waited for if the deadline allows
 *       it.
 *   <li><b>Size.</b> An answer's body has at most 1 MiB, unpacked if it came as gzip.
 *   <li><b>Secrets</b> of the request, as {@link ServiceRequest#secrets} lists them, are hidden in
 *       messages and in all that the program shows.
 * </ul>
 */
public interface ServiceHttp {

  /**
   * Sends a request. Blocks until the whole answer is there, or until the context's deadline.
   *
   * @return the last answer, whatever its status: {@link ServiceAnswer#requireSuccess} turns a
   *     refusal into an exception. Never null
   * @throws SessionTokenException {@code NotConfigured} if the URL or a header's value cannot be
   *     used; {@code Unreachable} if there was no answer in time, or a proxy refused; {@code
   *     BadAnswer} if the answer was not HTTP, cut short or too large. The message names the host
   * @throws InterruptedException if the calling thread was interrupted; the request is abandoned
   */
  ServiceAnswer send(ServiceRequest request) throws SessionTokenException, InterruptedException;
}
