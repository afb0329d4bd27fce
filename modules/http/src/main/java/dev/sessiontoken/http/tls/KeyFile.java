package dev.sessiontoken.http.tls;

import dev.sessiontoken.spi.SessionTokenException.NotConfigured;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The private key of a certificate. No message has anything of the file's content.
 *
 * @param file where the blocks are from
 * @param blocks what is in it, certificates perhaps
 */
record KeyFile(Path file, List<Pem.Block> blocks) {
  private static final List<String> ALGORITHMS = List.of("EC", "RSA", "EdDSA");
  private static final byte[] VERSION = {2, 1, 0}; // of PKCS #8: the integer 0

  /** The key that belongs to the public one, which is that of the given certificate file. */
  PrivateKey keyFor(PublicKey own, Path certificateFile) throws NotConfigured {
    var block = block();
    if (isEncrypted(block)) {
      throw ClientCertificate.refusal(
          "the key in " + file + " is encrypted, and there is nobody to ask for its pass phrase",
          "decrypt it with openssl pkey",
          null);
    }
    try {
      var key = key(block, own);
      if (key.isPresent() && (holds(block, own) || belongs(key.get(), own))) return key.get();
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw broken(e);
    }
    throw ClientCertificate.refusal(
        "the key in " + file + " does not belong to the certificate in " + certificateFile,
        "name the key the certificate was made with",
        null);
  }

  private Pem.Block block() throws NotConfigured {
    for (var block : blocks) if (block.label().endsWith("PRIVATE KEY")) return block;
    throw ClientCertificate.refusal(
        file + " holds no private key", "name a PEM file with the key of the certificate", null);
  }

  private NotConfigured broken(Exception cause) {
    return ClientCertificate.refusal(
        "the key in " + file + " cannot be used",
        "name an RSA, EC or Ed25519 key as PKCS #8, PKCS #1 or SEC 1",
        new GeneralSecurityException(cause.getClass().getSimpleName())); // its words may quote
  }

  private static boolean isEncrypted(Pem.Block block) {
    return block.label().startsWith("ENCRYPTED") || block.text().contains("ENCRYPTED");
  }

  /** Empty if it is a key of another kind than the public one. */
  private static Optional<PrivateKey> key(Pem.Block block, PublicKey own)
      throws GeneralSecurityException {
    var bytes = block.bytes();
    return switch (block.label()) {
      case "PRIVATE KEY" -> Optional.ofNullable(pkcs8(bytes, own));
      case "RSA PRIVATE KEY" -> wrapped("RSA", bytes, own);
      case "EC PRIVATE KEY" -> wrapped("EC", bytes, own);
      default -> throw new InvalidKeySpecException("of a kind nobody uses for TLS");
    };
  }

  /** A key in an old form, which lacks what the public key says anyway: its kind and its curve. */
  private static Optional<PrivateKey> wrapped(String algorithm, byte[] bytes, PublicKey own)
      throws GeneralSecurityException {
    if (!own.getAlgorithm().equals(algorithm)) return Optional.empty();
    var info = own.getEncoded();
    var der = Der.of(info);
    int identifier = der.sequence(0);
    var kind = Arrays.copyOfRange(info, identifier, der.next(identifier));
    var content = Der.element(Der.OCTET_STRING, bytes);
    return Optional.ofNullable(pkcs8(Der.element(Der.SEQUENCE, VERSION, kind, content), own));
  }

  private static @Nullable PrivateKey pkcs8(byte[] bytes, PublicKey own)
      throws GeneralSecurityException {
    var spec = new PKCS8EncodedKeySpec(bytes);
    try {
      return KeyFactory.getInstance(own.getAlgorithm()).generatePrivate(spec);
    } catch (InvalidKeySpecException e) {
      if (isOfAnotherKind(spec)) return null;
      throw e;
    }
  }

  private static boolean isOfAnotherKind(PKCS8EncodedKeySpec spec) throws GeneralSecurityException {
    for (var algorithm : ALGORITHMS) {
      try {
        KeyFactory.getInstance(algorithm).generatePrivate(spec);
        return true;
      } catch (InvalidKeySpecException _) {
        // not of this kind: the next one
      }
    }
    return false;
  }

  /**
   * Whether the file has the public key of an elliptic curve beside the private one, as is usual.
   * That saves a signature and its verification, 100 ms in a young virtual machine; if the file
   * lies, the handshake fails.
   */
  private static boolean holds(Pem.Block block, PublicKey own) {
    if (!(own instanceof ECPublicKey)) return false;
    var info = own.getEncoded();
    var der = Der.of(info);
    var point = Arrays.copyOfRange(info, der.content(der.next(der.sequence(0))), info.length);
    var bytes = block.bytes();
    int start = bytes.length - point.length; // it comes last
    return start > 0 && Arrays.equals(bytes, start, bytes.length, point, 0, point.length);
  }

  /**
   * Whether a signature of the one is one of the other. An RSA key shows it by its modulus, without
   * the work.
   */
  private static boolean belongs(PrivateKey key, PublicKey own) throws GeneralSecurityException {
    if (key instanceof RSAKey mine && own instanceof RSAKey theirs) {
      return mine.getModulus().equals(theirs.getModulus());
    }
    var signature =
        Signature.getInstance(key.getAlgorithm().equals("EC") ? "SHA256withECDSA" : "EdDSA");
    signature.initSign(key);
    var sample = signature.sign();
    signature.initVerify(own);
    try {
      return signature.verify(sample);
    } catch (SignatureException _) {
      return false; // of another curve
    }
  }
}
