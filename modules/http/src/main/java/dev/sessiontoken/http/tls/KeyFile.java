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
 * The file of a certificate's private key. No message quotes its content.
 *
 * @param file path of the file
 * @param blocks the PEM blocks of the file, which may include certificates
 */
record KeyFile(Path file, List<Pem.Block> blocks) {
  private static final List<String> ALGORITHMS = List.of("EC", "RSA", "EdDSA");
  private static final byte[] VERSION = {2, 1, 0}; // version of PKCS #8 (RFC 5208): the integer 0

  /** Returns the private key for a public key, which is that of the given certificate file. */
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
        file + " holds no private key" + Pem.found(blocks),
        "name a PEM file with the key of the certificate",
        null);
  }

  private NotConfigured broken(Exception cause) {
    return ClientCertificate.refusal(
        "the key in " + file + " cannot be used",
        "name an RSA, EC or Ed25519 key as PKCS #8, PKCS #1 or SEC 1",
        new GeneralSecurityException(
            cause.getClass().getSimpleName())); // the cause's message may quote the key
  }

  private static boolean isEncrypted(Pem.Block block) {
    return block.label().startsWith("ENCRYPTED") || block.text().contains("ENCRYPTED");
  }

  /** Returns the key; empty if it is of another algorithm than the public key. */
  private static Optional<PrivateKey> key(Pem.Block block, PublicKey own)
      throws GeneralSecurityException {
    var bytes = block.bytes();
    return switch (block.label()) {
      case "PRIVATE KEY" -> Optional.ofNullable(pkcs8(bytes, own));
      case "RSA PRIVATE KEY" -> wrapped("RSA", bytes, own);
      case "EC PRIVATE KEY" -> wrapped("EC", bytes, own);
      default -> throw new InvalidKeySpecException("not a kind of key for TLS");
    };
  }

  /** Wraps PKCS #1 or SEC 1 into PKCS #8, with algorithm and curve from the public key. */
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
      } catch (InvalidKeySpecException e) {
        // try the next algorithm
      }
    }
    return false;
  }

  /**
   * Returns whether the file holds the public point beside the private key of an elliptic curve, as
   * is usual. Saves {@link #belongs} a signature, 100 ms in a JVM that has just started. If the
   * point is wrong, the handshake fails.
   */
  private static boolean holds(Pem.Block block, PublicKey own) {
    if (!(own instanceof ECPublicKey)) return false;
    var info = own.getEncoded();
    var der = Der.of(info);
    var point = Arrays.copyOfRange(info, der.content(der.next(der.sequence(0))), info.length);
    var bytes = block.bytes();
    int start = bytes.length - point.length; // the point is the last element
    return start > 0 && Arrays.equals(bytes, start, bytes.length, point, 0, point.length);
  }

  /**
   * Returns whether both keys are one pair: by the modulus for RSA, else by a signature that is
   * made and verified.
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
    } catch (SignatureException e) {
      return false; // the curves differ
    }
  }
}
