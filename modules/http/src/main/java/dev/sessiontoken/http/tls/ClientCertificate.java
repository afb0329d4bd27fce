package dev.sessiontoken.http.tls;

import dev.sessiontoken.spi.SessionTokenException.NotConfigured;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * The client certificate, for servers that ask for one.
 *
 * <p>Sent whichever authorities the server names as acceptable: the user chose the certificate, and
 * a server that refuses it sends an alert that explains more than a missing certificate would.
 * Immutable, safe for any number of threads.
 */
public final class ClientCertificate extends X509ExtendedKeyManager {
  private static final String STEP = "read the client certificate";
  private static final String ALIAS = "client";

  private final List<X509Certificate> chain;
  private final PrivateKey key;

  private ClientCertificate(List<X509Certificate> chain, PrivateKey key) {
    this.chain = List.copyOf(chain);
    this.key = key;
  }

  /**
   * Reads PEM files; both may be the same file. Blocks.
   *
   * @param certificateFile the certificate, followed by the certificates of its issuers
   * @param keyFile the key, RSA, EC or Ed25519, as PKCS #8, PKCS #1 or SEC 1, not encrypted
   * @throws NotConfigured if a file cannot be read or used, or the key is not the certificate's
   */
  public static ClientCertificate read(Path certificateFile, Path keyFile) throws NotConfigured {
    var chain = chain(certificateFile);
    var leaf = chain.getFirst().getPublicKey();
    var key = new KeyFile(keyFile, blocks(keyFile)).keyFor(leaf, certificateFile);
    return new ClientCertificate(chain, key);
  }

  private static List<X509Certificate> chain(Path file) throws NotConfigured {
    var chain = new ArrayList<X509Certificate>();
    var blocks = blocks(file);
    for (var block : blocks)
      if (block.label().equals("CERTIFICATE")) chain.add(parsed(block, file));
    if (!chain.isEmpty()) return chain;
    throw refusal(
        file + " holds no certificate" + Pem.found(blocks),
        "name a PEM file with the certificate",
        null);
  }

  private static X509Certificate parsed(Pem.Block block, Path file) throws NotConfigured {
    try {
      return PemCertificate.of(block).parse();
    } catch (IllegalArgumentException | CertificateException e) {
      throw refusal("a certificate in " + file + " is broken", "copy it again", e);
    }
  }

  private static List<Pem.Block> blocks(Path file) throws NotConfigured {
    try {
      return Pem.blocks(Pem.content(file), skipped -> {});
    } catch (IOException e) {
      var why = e instanceof NoSuchFileException ? " does not exist" : " cannot be read";
      throw refusal(file + why, "check its name and who may read it", e);
    }
  }

  static NotConfigured refusal(String problem, String hint, @Nullable Exception cause) {
    return new NotConfigured(STEP, problem, hint, cause);
  }

  @Override
  public @Nullable String chooseClientAlias(
      String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return List.of(keyTypes).contains(key.getAlgorithm()) ? ALIAS : null;
  }

  @Override
  public @Nullable String chooseEngineClientAlias(
      String[] keyTypes, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
    return chooseClientAlias(keyTypes, issuers, null);
  }

  @Override
  public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
    return keyType.equals(key.getAlgorithm()) ? new String[] {ALIAS} : null;
  }

  @Override
  public X509Certificate @Nullable [] getCertificateChain(String alias) {
    return alias.equals(ALIAS) ? chain.toArray(new X509Certificate[0]) : null;
  }

  @Override
  public @Nullable PrivateKey getPrivateKey(String alias) {
    return alias.equals(ALIAS) ? key : null;
  }

  @Override
  public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
    return null;
  }

  @Override
  public @Nullable String chooseServerAlias(
      String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return null;
  }
}
