package dev.sessiontoken.testkit.tls;

import java.io.IOException;
import java.io.StringWriter;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.util.Base64;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PKCS8Generator;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8EncryptorBuilder;
import org.bouncycastle.openssl.jcajce.JcePEMEncryptorBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.OutputEncryptor;

/**
 * Certificates and keys as PEM text (RFC 7468), in the forms in which OpenSSL and others write
 * them. Each text ends with a line end, so that texts can be joined into one file.
 */
public final class PemText {
  private static final char[] PASS_PHRASE = "open sesame".toCharArray();

  private static final String P256 =
      "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n";

  private PemText() {}

  /** Certificates in the order given, without their keys. */
  public static String certificates(KeyedCertificate... chain) {
    try {
      var text = new StringBuilder();
      for (var each : chain) text.append(block("CERTIFICATE", each.certificate().getEncoded()));
      return text.toString();
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A private key as PKCS #8 (RFC 5208), without a pass phrase. */
  public static String pkcs8(PrivateKey key) {
    return block("PRIVATE KEY", key.getEncoded());
  }

  /** A private key in the form before PKCS #8: PKCS #1 for RSA, SEC 1 for EC. */
  public static String traditional(PrivateKey key) throws IOException {
    var inner = PrivateKeyInfo.getInstance(key.getEncoded()).parsePrivateKey().toASN1Primitive();
    return block(key.getAlgorithm() + " PRIVATE KEY", inner.getEncoded());
  }

  /**
   * A P-256 key as {@code openssl ecparam -genkey} writes it: a block that names the curve, then
   * SEC 1.
   */
  public static String asOpensslWritesIt(PrivateKey key) throws IOException {
    return P256 + written(key);
  }

  /** A private key as encrypted PKCS #8; the pass phrase is {@code open sesame}. */
  public static String encryptedPkcs8(PrivateKey key) throws IOException {
    return written(new JcaPKCS8Generator(key, encryptor()));
  }

  private static OutputEncryptor encryptor() {
    try {
      return new JceOpenSSLPKCS8EncryptorBuilder(PKCS8Generator.AES_256_CBC)
          .setProvider(new BouncyCastleProvider())
          .setPassword(PASS_PHRASE)
          .build();
    } catch (OperatorCreationException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * A private key in the form before PKCS #8, encrypted as OpenSSL once did ({@code DEK-Info}); the
   * pass phrase is {@code open sesame}.
   */
  public static String encryptedTraditional(PrivateKey key) throws IOException {
    var encryptor =
        new JcePEMEncryptorBuilder("AES-128-CBC")
            .setProvider(new BouncyCastleProvider())
            .setSecureRandom(new SecureRandom())
            .build(PASS_PHRASE);
    var text = new StringWriter();
    try (var pem = new JcaPEMWriter(text)) {
      pem.writeObject(key, encryptor);
    }
    return text.toString();
  }

  private static String written(Object object) throws IOException {
    var text = new StringWriter();
    try (var pem = new JcaPEMWriter(text)) {
      pem.writeObject(object);
    }
    return text.toString();
  }

  /**
   * One PEM block.
   *
   * @param label such as {@code CERTIFICATE}
   * @param bytes in DER, or anything else where a reader must refuse it
   */
  public static String block(String label, byte[] bytes) {
    String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
    return "-----BEGIN " + label + "-----\n" + lines + "\n-----END " + label + "-----\n";
  }
}
