package dev.sessiontoken.testkit.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * The certificates of a server on loopback, {@code 127.0.0.1} and {@code localhost}, below an
 * authority made for the test.
 */
public final class ServerChain {
  private static final char[] NO_PASSWORD = {};
  private static final String[] LOOPBACK = {"127.0.0.1", "localhost"};

  private final KeyedCertificate root;
  private final List<KeyedCertificate> sent;

  private ServerChain(KeyedCertificate root, KeyedCertificate... sent) {
    this.root = root;
    this.sent = List.of(sent);
  }

  /** A P-256 server below a P-256 root. The server sends both certificates. */
  public static ServerChain p256() {
    var root = KeyedCertificate.root("sessiontoken test authority");
    return new ServerChain(root, root.issue(CertificateForm.server(LOOPBACK)), root);
  }

  /** An RSA server below an RSA root, 2048 bits each. The server sends both certificates. */
  public static ServerChain rsa() {
    var form = CertificateForm.authority("sessiontoken test authority");
    var root = form.withKeys(KeyPairs.rsa(2048)).selfSigned();
    var server = CertificateForm.server(LOOPBACK).withKeys(KeyPairs.rsa(2048));
    return new ServerChain(root, root.issue(server), root);
  }

  /**
   * A chain as public authorities issue it: a P-256 server below a P-384 intermediate below a root
   * with RSA of 4096 bits. The server sends its own and the intermediate's certificate; clients
   * know the root. Making it takes about a second.
   */
  public static ServerChain likePublicAuthorities() {
    var form = CertificateForm.authority("sessiontoken test root");
    var root = form.withKeys(KeyPairs.rsa(4096)).selfSigned();
    var issuing = CertificateForm.authority("sessiontoken test intermediate").withPathLength(0);
    var intermediate = root.issue(issuing.withKeys(KeyPairs.ec("secp384r1")));
    var server = intermediate.issue(CertificateForm.server(LOOPBACK), "SHA384withECDSA");
    return new ServerChain(root, server, intermediate);
  }

  /** A chain of these certificates, the server's own first. The last one is the root. */
  public static ServerChain of(KeyedCertificate... chain) {
    return new ServerChain(chain[chain.length - 1], chain);
  }

  /** For a server that sends this chain and asks clients for no certificate. */
  public SSLContext serverContext() {
    try {
      var keys = KeyManagerFactory.getInstance("PKIX");
      keys.init(store(), NO_PASSWORD);
      var context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private KeyStore store() throws GeneralSecurityException, IOException {
    var store = KeyStore.getInstance("PKCS12");
    store.load(null, NO_PASSWORD);
    var chain = sent.stream().map(KeyedCertificate::certificate).toArray(X509Certificate[]::new);
    store.setKeyEntry("server", sent.getFirst().key(), NO_PASSWORD, chain);
    return store;
  }

  /**
   * Writes the root's certificate as PEM, as {@code --ca-file} and {@code SSL_CERT_FILE} take it.
   */
  public void writeAuthority(Path file) throws IOException {
    Files.writeString(file, PemText.certificates(root));
  }
}
