package dev.sessiontoken.http.tls;

/**
 * Parts of messages by which TLS failures of JDK 25 differ: their exceptions have no codes. No
 * other class knows such messages; {@code TlsFailureTest} names each, and provokes those that a
 * server can cause.
 */
final class JdkMessages {
  /** The server sent an alert; its name follows. */
  static final String ALERT = "Received fatal alert: ";

  /** The connection ended, within the handshake or after it; the next two begin so. */
  static final String REMOTE_HOST = "Remote host ";

  /** The connection ended within the handshake. */
  static final String TERMINATED = "Remote host terminated the handshake";

  /** The same, where {@code HttpClient} knows no more. */
  static final String CLOSED = "Remote host closed the channel";

  /** The first bytes are no TLS record; "Unrecognized" or "Unsupported or unrecognized". */
  static final String NO_TLS = "nrecognized SSL message";

  /** The server chose a version that this side did not offer. */
  static final String VERSION_REFUSED = "is not accepted by client preferences";

  /** This side has no version left to offer. */
  static final String NO_VERSION = "No appropriate protocol";

  /** A record within an established connection could not be read. */
  static final String BROKEN_RECORD = "Unexpected exception";

  /** The certificate names other hosts or addresses. */
  static final String OTHER_HOST = "No subject alternative";

  /** The certificate has no alternative names, and its subject is another host. */
  static final String OTHER_SUBJECT = "No name matching";

  /** The certificate's key usage excludes servers. */
  static final String KEY_USAGE = "key usage";

  /** No chain from the server's certificate to an authority. */
  static final String NO_PATH = "unable to find valid certification path";

  private JdkMessages() {}
}
